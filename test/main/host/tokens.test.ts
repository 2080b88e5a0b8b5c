import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createPageTokens, openPageTokens } from "../../../main/host/tokens.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "suanpan-tokens-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a printed address and an open tab survive a restart of the till", () => {
  const before = openPageTokens(folder);
  const token = before.pageToken("cashier");
  const session = before.admit({ token })?.session ?? "";
  const after = openPageTokens(folder);
  expect(after.pageToken("cashier")).toBe(token);
  expect(after.admit({ session })).toEqual({ role: "cashier", session });
});

test("the key can be read by its owner only, also one that was copied with wider rights", () => {
  openPageTokens(folder);
  const file = join(folder, "keys", "page.key");
  expect(readFileSync(file)).toHaveLength(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "keys")).mode & 0o777).toBe(0o700);
  chmodSync(file, 0o644);
  openPageTokens(folder);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("half a key, left by a power cut, is made anew", () => {
  openPageTokens(folder);
  const file = join(folder, "keys", "page.key");
  writeFileSync(file, "short");
  const tokens = openPageTokens(folder);
  expect(readFileSync(file)).toHaveLength(32);
  expect(tokens.admit({ token: tokens.pageToken("kiosk") })?.role).toBe("kiosk");
});

test("each tab gets a session of its own, and a session is not a page token nor the other way round", () => {
  const tokens = createPageTokens(new Uint8Array(32).fill(7));
  const token = tokens.pageToken("cashier");
  const one = tokens.admit({ token });
  const other = tokens.admit({ token });
  expect(one?.session).not.toBe(other?.session);
  expect(tokens.admit({ token: one?.session })).toBeNull();
  expect(tokens.admit({ session: token })).toBeNull();
});

test("an old session beside a good token lets the page in with a new session", () => {
  const tokens = createPageTokens(new Uint8Array(32).fill(7));
  const admitted = tokens.admit({ token: tokens.pageToken("cashier"), session: "cashier.x.y" });
  expect(admitted?.role).toBe("cashier");
});

test("another folder's tokens, another role's name and every changed character are refused", () => {
  const tokens = createPageTokens(new Uint8Array(32).fill(7));
  const strange = createPageTokens(new Uint8Array(32).fill(8));
  const token = tokens.pageToken("customer");
  const session = tokens.admit({ token })?.session ?? "";
  expect(tokens.admit({ token: strange.pageToken("customer") })).toBeNull();
  expect(tokens.admit({ token: token.replace("customer", "manager") })).toBeNull();
  expect(tokens.admit({ session: session.replace("customer", "manager") })).toBeNull();
  for (const text of [token, session]) {
    for (let index = 0; index < text.length; index += 1) {
      const changed = text.slice(0, index) + (text[index] === "A" ? "B" : "A") + text.slice(index + 1);
      // Only the last character of a base64url text has bits that say nothing, and these too are compared.
      expect(tokens.admit({ token: changed, session: changed })).toBeNull();
    }
  }
});

test("no text that somebody makes up is admitted, and none makes the check throw", () => {
  const tokens = createPageTokens(new Uint8Array(32).fill(7));
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
      expect(tokens.admit({ token: text, session: text })).toBeNull();
      expect(tokens.admit({ token: `cashier.${text}` })).toBeNull();
    }),
  );
  expect(tokens.admit({})).toBeNull();
});

test("a role that is no plain word is a mistake of ours and is told at once", () => {
  const tokens = createPageTokens(new Uint8Array(32).fill(7));
  expect(() => tokens.pageToken("Cashier.1")).toThrow(RangeError);
  expect(() => createPageTokens(new Uint8Array(31))).toThrow(RangeError);
});
