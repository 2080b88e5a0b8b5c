import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";

const keyBytes = 32;
const macCharacters = 43;
const sessionIdBytes = 16;

/** Nothing longer than this is looked at; a session of the longest role is 83 characters. */
const maximumTokenCharacters = 200;

const rolePattern = /^[a-z]{1,16}$/;
const sessionIdPattern = /^[A-Za-z0-9_-]{22}$/;

/** Makes and checks what lets a page in. Nothing is stored: every token proves itself by the key of the data folder. */
export type PageTokens = {
  /** The token in a page's address. It is the same as long as the page key is, so that a printed address lasts. */
  pageToken(role: string): string;
  /**
   * What a `hello` is worth: the role that its token or its session was made for and the session to keep, or null. A
   * session is given back as it came, so that a reload of a tab needs no address with a token in it.
   */
  admit(hello: { token?: string | undefined; session?: string | undefined }): { role: string; session: string } | null;
};

/**
 * Opens the page tokens of a data folder. The 32-byte key lies in `keys/page.key` and is made on first use, readable by
 * its owner only. A key of another length is what a crash left behind and is made anew: only addresses change by it.
 * @throws the file system's error when the folder cannot be written.
 */
export function openPageTokens(folder: string): PageTokens {
  return createPageTokens(readOrMakeKey(join(folder, "keys")));
}

/** Page tokens over a key that is in hand already. */
export function createPageTokens(key: Uint8Array): PageTokens {
  if (key.length !== keyBytes) throw new RangeError("A page key has 32 bytes");

  // The purpose stands first in what is signed, so that a page token can never pass for a session.
  function mac(purpose: "page-token" | "session", role: string, id: string): string {
    return createHmac("sha256", key).update(`suanpan:${purpose}:1\n${role}\n${id}`).digest("base64url");
  }

  function roleOfToken(token: string): string | null {
    const [role, given, ...rest] = token.split(".");
    if (role === undefined || given === undefined || rest.length > 0 || !rolePattern.test(role)) return null;
    return sameText(given, mac("page-token", role, "")) ? role : null;
  }

  function roleOfSession(session: string): string | null {
    const [role, id, given, ...rest] = session.split(".");
    if (role === undefined || id === undefined || given === undefined || rest.length > 0) return null;
    if (!rolePattern.test(role) || !sessionIdPattern.test(id)) return null;
    return sameText(given, mac("session", role, id)) ? role : null;
  }

  function newSession(role: string): string {
    const id = randomBytes(sessionIdBytes).toString("base64url");
    return `${role}.${id}.${mac("session", role, id)}`;
  }

  return {
    pageToken(role) {
      if (!rolePattern.test(role)) throw new RangeError("A role is 1 to 16 small letters");
      return `${role}.${mac("page-token", role, "")}`;
    },
    admit({ token, session }) {
      if (session !== undefined && session.length <= maximumTokenCharacters) {
        const role = roleOfSession(session);
        if (role !== null) return { role, session };
      }
      if (token !== undefined && token.length <= maximumTokenCharacters) {
        const role = roleOfToken(token);
        if (role !== null) return { role, session: newSession(role) };
      }
      return null;
    },
  };
}

/** Compares in constant time; the length is public. */
function sameText(given: string, expected: string): boolean {
  if (given.length !== macCharacters || expected.length !== macCharacters) return false;
  const givenBytes = Buffer.from(given, "utf8");
  const expectedBytes = Buffer.from(expected, "utf8");
  return givenBytes.length === expectedBytes.length && timingSafeEqual(givenBytes, expectedBytes);
}

function readOrMakeKey(folder: string): Uint8Array {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "page.key");
  const kept = readKey(file);
  if (kept !== null) {
    chmodSync(file, 0o600);
    return kept;
  }
  const key = randomBytes(keyBytes);
  const beside = `${file}.${process.pid}.new`;
  const handle = openSync(beside, "w", 0o600);
  try {
    writeSync(handle, key);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
  return key;
}

function readKey(file: string): Uint8Array | null {
  try {
    const bytes = readFileSync(file);
    return bytes.length === keyBytes ? bytes : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
