import { hash as hashOf, sign } from "node:crypto";
import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { canonicalise, type CanonicalValue } from "../../../../sync/protocol/canonical.ts";
import { entrySigningBytes } from "../../../../sync/protocol/entry.ts";
import { loadSigningKey, type SigningKey } from "../../../../main/ledger/keys.ts";
import { temporaryFolder } from "../support.ts";

/** The fields of an entry as somebody may write them who owns the disk. */
export interface Forged {
  seq: number;
  id: string;
  type: string;
  ledger: string;
  previous: string;
  training: boolean;
  body: Record<string, unknown>;
  [name: string]: unknown;
}

/** A copy of a till's folder, and its database as a stranger opens it: without the triggers, which come back at the end. */
export function tamper(folder: string, change: (database: Database.Database) => void): string {
  const copy = join(temporaryFolder(), "till");
  cpSync(folder, copy, { recursive: true });
  const database = new Database(join(copy, "ledger.db"));
  try {
    const triggers = database.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
    database.exec("DROP TRIGGER journal_refuses_update; DROP TRIGGER journal_refuses_delete");
    change(database);
    database.exec(triggers.join(";"));
  } finally {
    database.close();
  }
  return copy;
}

/** What somebody with access to a till's disk has in hand: its entries and its key. */
export interface Loot {
  entries: Forged[];
  key: SigningKey;
}

/** Reads the entries of a closed till, and its key, which lies beside them. */
export function loot(folder: string): Loot {
  return { entries: readEntries(folder), key: keyOf(folder) };
}

/** The id of a closed till's ledger. */
export function nameOf(folder: string): string {
  return readEntries(folder)[0]?.ledger ?? "";
}

function keyOf(folder: string): SigningKey {
  const [name] = readdirSync(join(folder, "keys")).filter((file) => file.startsWith("journal-"));
  return loadSigningKey(join(folder, "keys"), "journal", /journal-(.*)\.pem/.exec(name ?? "")?.[1] ?? "");
}

function readEntries(folder: string): Forged[] {
  const database = new Database(join(folder, "ledger.db"), { readonly: true });
  try {
    const texts = database.prepare<[], string>("SELECT text FROM journal ORDER BY seq").pluck().all();
    return texts.map((text) => JSON.parse(text) as Forged);
  } finally {
    database.close();
  }
}

interface Signed {
  fields: Forged;
  text: string;
  hash: Buffer;
  signature: Buffer;
}

/** Numbers entries anew, chains them and signs them, so that only what they say can give them away. */
function rechain(entries: readonly Forged[], key: SigningKey): Signed[] {
  let previous = "0".repeat(64);
  return entries.map((entry, index) => {
    const fields = { ...entry, seq: index + 1, previous };
    const text = canonicalise(fields as unknown as CanonicalValue);
    const hash = hashOf("sha256", text, "buffer");
    previous = hash.toString("hex");
    return { fields, text, hash, signature: sign(null, entrySigningBytes(hash), key.privateKey) };
  });
}

/** An export in which the entries were changed by somebody who has the till's key. */
export function forgedExport({ entries: stolen, key }: Loot, change: (entries: Forged[]) => Forged[] | void): string {
  const entries = structuredClone(stolen);
  const lines = rechain(change(entries) ?? entries, key).map(({ fields, text, hash, signature }) =>
    JSON.stringify({
      seq: fields.seq,
      text,
      signature: signature.toString("hex"),
      keyId: key.keyId,
      hash: hash.toString("hex"),
    }),
  );
  const file = join(temporaryFolder(), "export.jsonl");
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

/** A copy of a till's folder whose journal was changed by somebody who has its key. What is made from it stays. */
export function forgedFolder(folder: string, change: (entries: Forged[]) => Forged[] | void): string {
  const { entries, key } = loot(folder);
  const signed = rechain(change(entries) ?? entries, key);
  return tamper(folder, (database) => {
    database.exec("DELETE FROM journal");
    const insert = database.prepare("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (const { fields, text, hash, signature } of signed) {
      const { seq, ledger, id, type } = fields;
      insert.run(seq, ledger, id, type, text, hash, signature, key.keyId);
    }
  });
}
