import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { SignedEntry } from "../../sync/protocol/entry.ts";
import type { PlatformRecords } from "./platform-records.ts";

/** Where entries of a lost or broken journal may still be found. */
export type EntrySource = {
  kind: "file" | "platform";
  /** Entries after a number, in order; none where it has nothing that follows there. What they say is not checked here. */
  after(seq: number): Promise<SignedEntry[]>;
  close(): void;
};

/** Entries that are read at a time. */
const pageEntries = 200;

interface Row {
  text: string;
  signature: Buffer;
  key_id: string;
}

/** The folder of files that were set aside because something was wrong with them. Nothing in it is ever removed. */
export function setAsideFolder(folder: string): string {
  return join(folder, "set-aside");
}

/** Files of a data folder in which entries may stand, the ledger itself first. `backup` is one from elsewhere. */
export function ledgerFiles(folder: string, backup?: string): string[] {
  const aside = setAsideFolder(folder);
  const older = existsSync(aside) ? readdirSync(aside).filter((name) => name.endsWith(".db")) : [];
  const files = [
    join(folder, "ledger.db"),
    ...older.map((name) => join(aside, name)),
    ...(backup === undefined ? [] : [backup]),
  ];
  return files.filter(existsSync);
}

/** The entries of a file as far as they can be read, also around pages that cannot. Null where nothing can. */
export function openFileSource(file: string): EntrySource | null {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true });
    const columns = "SELECT text, signature, key_id FROM journal";
    const page = database.prepare<[number, number], Row>(`${columns} WHERE seq > ? ORDER BY seq LIMIT ?`);
    const one = database.prepare<[number], Row>(`${columns} WHERE seq = ?`);
    const open = database;
    return {
      kind: "file",
      after: (seq) =>
        Promise.resolve(
          readAround(
            () => page.all(seq, pageEntries),
            () => one.all(seq + 1),
          ).map(toSigned),
        ),
      close: () => open.close(),
    };
  } catch {
    // Not a ledger, or one of which not even the first page can be read: the other sources have to do.
    database?.close();
    return null;
  }
}

/** The entries that the platform holds of a ledger. */
export function platformSource(records: PlatformRecords, ledger: string): EntrySource {
  return { kind: "platform", after: (seq) => records.entriesAfter(ledger, seq), close: () => {} };
}

/** A page with a broken row in it is read up to it, one row at a time. */
function readAround(readPage: () => Row[], readOne: () => Row[]): Row[] {
  for (const read of [readPage, readOne]) {
    try {
      return read().filter(isEntry);
    } catch {
      // SQLite stumbled over a broken page.
    }
  }
  return [];
}

function isEntry({ text, signature, key_id: keyId }: Row): boolean {
  return typeof text === "string" && Buffer.isBuffer(signature) && typeof keyId === "string";
}

function toSigned({ text, signature, key_id: keyId }: Row): SignedEntry {
  return { text, signature: signature.toString("hex"), keyId };
}
