import type { LedgerDatabase } from "../database.ts";
import type { Transactions } from "../transactions.ts";
import { insertInto, wholeRow } from "./row-checksum.ts";

/** The sale in front of the cashier, kept over a crash. If it is lost, the goods have to be scanned again. */
export interface OpenBasketStore {
  /** The text that was saved last. */
  read(): string | undefined;
  save(text: string): void;
  clear(): void;
}

/** The store of the open basket. */
export function createOpenBasketStore(database: LedgerDatabase, transactions: Transactions): OpenBasketStore {
  const read = database.prepare<[], { text: string }>(
    `SELECT text FROM open_basket WHERE one = 1 AND ${wholeRow("open_basket")}`,
  );
  const save = database.prepare<[{ one: 1; text: string }]>(insertInto("open_basket", "OR REPLACE"));
  const clear = database.prepare<[]>("DELETE FROM open_basket");
  return {
    read: () => read.get()?.text,
    save: (text) => void transactions.write(() => save.run({ one: 1, text })),
    clear: () => void transactions.write(() => clear.run()),
  };
}
