import type { LedgerDatabase } from "../database.ts";
import type { Transactions } from "../transactions.ts";
import { insertInto, wholeRow } from "./row-checksum.ts";

/** What a person or the till itself has set, as text. If it is lost, it has to be set again. */
export interface SettingStore {
  read(key: string): string | undefined;
  save(key: string, value: string): void;
  remove(key: string): void;
}

/** The store of settings. */
export function createSettingStore(database: LedgerDatabase, transactions: Transactions): SettingStore {
  const read = database.prepare<[string], { value: string }>(
    `SELECT value FROM settings WHERE key = ? AND ${wholeRow("settings")}`,
  );
  const save = database.prepare<[{ key: string; value: string }]>(insertInto("settings", "OR REPLACE"));
  const remove = database.prepare<[string]>("DELETE FROM settings WHERE key = ?");
  return {
    read: (key) => read.get(key)?.value,
    save: (key, value) => void transactions.write(() => save.run({ key, value })),
    remove: (key) => void transactions.write(() => remove.run(key)),
  };
}
