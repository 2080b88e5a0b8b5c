import type { Names } from "../../../sync/protocol/entry-types.ts";
import type { LedgerDatabase } from "../database.ts";
import { minorFromBigInt } from "../minor.ts";
import type { Transactions } from "../transactions.ts";
import { insertInto, wholeRow } from "./row-checksum.ts";

/** A sale that was set aside, as lists show it. */
export interface ParkedSummary {
  saleId: string;
  at: string;
  itemCount: number;
  totalMinor: number;
  /** The goods that were added last, at most three. */
  goods: Names[];
}

/** The sales that were set aside. If they are lost, their goods have to be scanned again. */
export interface ParkedSaleStore {
  /** The newest is the first. */
  list(): ParkedSummary[];
  count(): number;
  /** The text of the basket that was set aside. */
  basket(saleId: string): string | undefined;
  add(sale: ParkedSummary, basket: string): void;
  remove(saleId: string): void;
}

interface Row {
  sale_id: string;
  at: string;
  item_count: bigint;
  total_minor: bigint;
  goods: string;
}

const whole = wholeRow("parked_sales");

/** The store of parked sales. */
export function createParkedSaleStore(database: LedgerDatabase, transactions: Transactions): ParkedSaleStore {
  // UUIDv7s rise with time, so that two sales of one millisecond keep their order.
  const list = database
    .prepare<[], Row>(
      `SELECT sale_id, at, item_count, total_minor, goods FROM parked_sales
       WHERE ${whole} ORDER BY at DESC, sale_id DESC`,
    )
    .safeIntegers(true);
  const count = database.prepare<[], { count: number }>(`SELECT count(*) AS count FROM parked_sales WHERE ${whole}`);
  const basket = database.prepare<[string], { basket: string }>(
    `SELECT basket FROM parked_sales WHERE sale_id = ? AND ${whole}`,
  );
  const add = database.prepare(insertInto("parked_sales"));
  const remove = database.prepare<[string]>("DELETE FROM parked_sales WHERE sale_id = ?");
  return {
    list: () => list.all().map(toSummary),
    count: () => count.get()?.count ?? 0,
    basket: (saleId) => basket.get(saleId)?.basket,
    add({ saleId, at, itemCount, totalMinor, goods }, text) {
      const own = { sale_id: saleId, at, item_count: itemCount, total_minor: BigInt(totalMinor) };
      transactions.write(() => add.run({ ...own, goods: JSON.stringify(goods), basket: text }));
    },
    remove: (saleId) => void transactions.write(() => remove.run(saleId)),
  };
}

function toSummary(row: Row): ParkedSummary {
  return {
    saleId: row.sale_id,
    at: row.at,
    itemCount: Number(row.item_count),
    totalMinor: minorFromBigInt(row.total_minor),
    goods: JSON.parse(row.goods) as Names[],
  };
}
