import type { LedgerDatabase } from "../database.ts";
import type { Transactions } from "../transactions.ts";
import { insertInto, wholeRow } from "./row-checksum.ts";

/** A personal value of an entry. The entry itself holds SHA-256 over the salt and the value's UTF-8 text. */
export interface PrivateValue {
  entryId: string;
  name: string;
  salt: Uint8Array;
  value: string;
}

/**
 * Values that are kept out of the journal, so that they can be deleted: the entry holds a salted commitment, and the chain
 * stays valid without the row. If they are lost, so are the values, and nothing else.
 */
export interface PrivateValueStore {
  /** Belongs in the transaction that stores the entry. */
  add(value: PrivateValue): void;
  /** The value that the entry commits itself to; undefined where it was deleted, or is another one. */
  read(entryId: string, name: string): string | undefined;
  /** Deletes what is kept of an entry, and writes zeros over the place where it stood in the file. */
  forget(entryId: string): void;
}

/** The store of private values. */
export function createPrivateValueStore(database: LedgerDatabase, transactions: Transactions): PrivateValueStore {
  const add = database.prepare(insertInto("private_values"));
  const read = database.prepare<[string, string], { value: string }>(
    `SELECT value FROM private_values WHERE entry_id = ? AND name = ? AND ${wholeRow("private_values")}`,
  );
  const forget = database.prepare<[string]>("DELETE FROM private_values WHERE entry_id = ?");
  return {
    add({ entryId, name, salt, value }) {
      transactions.write(() => add.run({ entry_id: entryId, name, salt: Buffer.from(salt), value }));
    },
    read: (entryId, name) => read.get(entryId, name)?.value,
    forget(entryId) {
      // Else SQLite only calls the place free, and the name that somebody had taken out is still on the disk.
      database.pragma("secure_delete = ON");
      try {
        transactions.write(() => forget.run(entryId));
      } finally {
        database.pragma("secure_delete = OFF");
      }
    },
  };
}
