import { hash as hashOf, sign } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { loadSigningKey } from "../../../main/ledger/keys.ts";
import { entrySigningBytes, entryText, type EntryFields } from "../../../sync/protocol/entry.ts";

/** What an entry of another version says; the rest of its frame is as this version has it. */
export type RawEntry = Pick<EntryFields, "type" | "body"> & Partial<EntryFields>;

type Row = { text: string; hash: Buffer };

/**
 * Writes entries into the ledger of a till that is closed, chained and signed as they ought to be, but without looking at
 * their bodies: as another version of the till would have left them. Its tables do not know of them before a rebuild.
 */
export function appendRaw(folder: string, entries: readonly RawEntry[]): void {
  const keys = join(folder, "keys");
  const keyId = /^journal-(.*)\.pem$/.exec(readdirSync(keys).find((name) => name.startsWith("journal-")) ?? "")?.[1];
  const key = loadSigningKey(keys, "journal", keyId ?? "");
  const database = new Database(join(folder, "ledger.db"));
  try {
    const last = database.prepare<[], Row>("SELECT text, hash FROM journal ORDER BY seq DESC LIMIT 1");
    const insert = database.prepare("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (const entry of entries) {
      const before = last.get();
      const frame = JSON.parse(before?.text ?? "") as EntryFields;
      const { person: _person, shift: _shift, ...kept } = frame;
      const seq = frame.seq + 1;
      const id = `018f0000-0000-7000-8000-${String(seq).padStart(12, "0")}`;
      const previous = before?.hash.toString("hex") ?? "";
      const fields: EntryFields = { ...kept, training: false, ...entry, seq, id, previous };
      const text = entryText(fields);
      const hash = hashOf("sha256", text, "buffer");
      const signature = sign(null, entrySigningBytes(hash), key.privateKey);
      insert.run(seq, fields.ledger, id, fields.type, text, hash, signature, key.keyId);
    }
  } finally {
    database.close();
  }
}
