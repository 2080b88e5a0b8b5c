import type { LedgerDatabase } from "../database.ts";
import type { Transactions } from "../transactions.ts";

/** The sale in front of the cashier, kept over a crash. If it is lost, the goods have to be scanned again. */
export interface OpenBasketStore {
  /** The text that was saved last. */
  read(): string | undefined;
  save(text: string): void;
  clear(): void;
}

/** The store of the open basket. */
export function createOpenBasketStore(database: LedgerDatabase, transactions: Transactions): OpenBasketStore {
  const read = database.prepare<[], { text: string }>("SELECT text FROM open_basket WHERE one = 1");
  const save = database.prepare<[string]>(
    "INSERT INTO open_basket (one, text) VALUES (1, ?) ON CONFLICT DO UPDATE SET text = excluded.text",
  );
  const clear = database.prepare<[]>("DELETE FROM open_basket");
  return {
    read: () => read.get()?.text,
    save: (text) => void transactions.write(() => save.run(text)),
    clear: () => void transactions.write(() => clear.run()),
  };
}
