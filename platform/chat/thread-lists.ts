import { chatReceiptSchema, type ShopThread } from "../../sync/protocol/chat.ts";
import type { OperatorThread } from "../../sync/protocol/operator-api.ts";
import type { WalletThread } from "../../sync/protocol/wallet-api.ts";
import { storeNames, storesByIds } from "../changes/known-things.ts";
import type { Queryable } from "../database/database.ts";
import { operatorThread, type Sender } from "./threads.ts";

type ListRow = {
  id: string;
  store_id: string;
  wallet_id: string | null;
  shopper_number: string | null;
  at: Date | null;
  sender: Sender;
  kind: "text" | "receipt";
  text: string | null;
  receipt: string | null;
  unread: number;
};

/** What a list shows of a thread's last message. */
type Last = { at: string; from: Sender; kind: "text" | "receipt"; text: string; totalMinor?: number };

const maximumShopThreads = 500;
const maximumWalletThreads = 200;
const maximumOperatorThreads = 1000;
const previewCharacters = 200;

/** The threads of a store, the newest first: at most 500, the one with the operator always among them. */
export async function shopThreads(database: Queryable, storeId: string, at: Date): Promise<ShopThread[]> {
  const own = await operatorThread(database, storeId, at);
  const where = "t.store_id = $1 and t.wallet_id is not null";
  const shoppers = await list(database, "shop", where, [storeId], maximumShopThreads - 1);
  const operator = await list(database, "shop", "t.id = $1", [own.id], 1);
  return [...shoppers, ...operator].sort(newestFirst).map((row) => ({
    threadId: row.id,
    ...(row.shopper_number === null
      ? { with: "operator" as const }
      : { with: "shopper" as const, shopperNumber: row.shopper_number }),
    ...lastWithoutTotal(row),
    unread: row.unread,
  }));
}

/** The threads of a wallet, the newest first, at most 200. */
export async function walletThreads(database: Queryable, walletId: string): Promise<WalletThread[]> {
  const rows = await list(database, "shopper", "t.wallet_id = $1", [walletId], maximumWalletThreads);
  const stores = await storesByIds(
    database,
    rows.map((row) => row.store_id),
  );
  return rows.map((row) => {
    const store = stores.get(row.store_id);
    const { name, address } = storeNames(store, row.store_id);
    const last = lastOf(row);
    return {
      threadId: row.id,
      store: name,
      address,
      ...(store?.answersUntil === undefined ? {} : { answersUntil: store.answersUntil }),
      ...(last === null ? {} : { last }),
      unread: row.unread,
    };
  });
}

/** The operator's thread with each store, the newest first, at most 1,000. */
export async function operatorThreads(database: Queryable, at: Date): Promise<OperatorThread[]> {
  const missing = await database.query<{ id: string }>(
    `select s.id from stores s where not exists (select 1 from threads t where t.store_id = s.id and t.wallet_id is null)
     order by s.id limit $1`,
    [maximumOperatorThreads],
  );
  for (const { id } of missing.rows) await operatorThread(database, id, at);
  const rows = await list(database, "operator", "t.wallet_id is null", [], maximumOperatorThreads);
  const stores = await storesByIds(
    database,
    rows.map((row) => row.store_id),
  );
  return rows.map((row) => ({
    threadId: row.id,
    storeId: row.store_id,
    store: storeNames(stores.get(row.store_id), row.store_id).name,
    ...operatorsLast(row),
    unread: row.unread,
  }));
}

/** How many messages of shops a wallet has not read. */
export async function unreadOfWallet(database: Queryable, walletId: string): Promise<number> {
  const result = await database.query<{ unread: number }>(
    `select count(*) as unread from threads t join messages m on m.thread_id = t.id
     where t.wallet_id = $1 and m.cursor > t.read_by_other and m.sender <> 'shopper'`,
    [walletId],
  );
  return result.rows[0]?.unread ?? 0;
}

async function list(
  database: Queryable,
  reader: Sender,
  where: string,
  values: readonly unknown[],
  limit: number,
): Promise<ListRow[]> {
  const read = reader === "shop" ? "t.read_by_shop" : "t.read_by_other";
  const result = await database.query<ListRow>(
    `select t.id, t.store_id, t.wallet_id, t.shopper_number, m.at, m.sender, m.kind, m.text, m.receipt,
       (select count(*) from messages u where u.thread_id = t.id and u.cursor > ${read} and u.sender <> '${reader}')
         as unread
     from threads t left join messages m on m.thread_id = t.id and m.cursor = t.last_cursor
     where ${where} order by t.last_at desc nulls last, t.id limit ${limit}`,
    [...values],
  );
  return result.rows;
}

function newestFirst(left: ListRow, right: ListRow): number {
  return (right.at?.getTime() ?? 0) - (left.at?.getTime() ?? 0);
}

function lastOf(row: ListRow): Last | null {
  if (row.at === null) return null;
  const fields = { at: row.at.toISOString(), from: row.sender, kind: row.kind };
  if (row.receipt === null) return { ...fields, text: (row.text ?? "").slice(0, previewCharacters) };
  const receipt = chatReceiptSchema.parse(JSON.parse(row.receipt));
  return { ...fields, text: receipt.receiptCode, totalMinor: receipt.totalMinor };
}

function lastWithoutTotal(row: ListRow): Pick<ShopThread, "last"> {
  const last = lastOf(row);
  if (last === null) return {};
  const { at, from, kind, text } = last;
  return { last: { at, from, kind, text } };
}

function operatorsLast(row: ListRow): Pick<OperatorThread, "last"> {
  const last = lastOf(row);
  if (last === null || last.from === "shopper") return {};
  return { last: { at: last.at, from: last.from, text: last.text } };
}
