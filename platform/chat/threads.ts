import { randomInt, randomUUID } from "node:crypto";
import type { Queryable } from "../database/database.ts";

/** Who writes and reads in chats. */
export type Sender = "shopper" | "shop" | "operator";

/** A thread as it is stored. `wallet_id` is null in the thread with the operator. */
export type ThreadRow = {
  id: string;
  store_id: string;
  wallet_id: string | null;
  shopper_number: string | null;
  last_cursor: number;
  read_by_shop: number;
  read_by_other: number;
};

const columns = "id, store_id, wallet_id, shopper_number, last_cursor, read_by_shop, read_by_other";
const numberTries = 20;

/** The thread of a shopper with a store, made when the first thing happens in it. */
export async function shopperThread(
  transaction: Queryable,
  storeId: string,
  walletId: string,
  at: Date,
): Promise<ThreadRow> {
  const known = await findShopperThread(transaction, storeId, walletId);
  if (known !== null) return known;
  await transaction.query(
    `insert into threads (id, store_id, wallet_id, shopper_number, created_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [randomUUID(), storeId, walletId, await freeShopperNumber(transaction, storeId), at],
  );
  const made = await findShopperThread(transaction, storeId, walletId);
  if (made === null) throw new Error("A thread is not there after it was written");
  return made;
}

/** The store's thread with the operator, which every store has. */
export async function operatorThread(database: Queryable, storeId: string, at: Date): Promise<ThreadRow> {
  await database.query("insert into threads (id, store_id, created_at) values ($1, $2, $3) on conflict do nothing", [
    randomUUID(),
    storeId,
    at,
  ]);
  const result = await database.query<ThreadRow>(
    `select ${columns} from threads where store_id = $1 and wallet_id is null`,
    [storeId],
  );
  const row = result.rows[0];
  if (row === undefined) throw new Error(`The store ${storeId} has no thread with the operator`);
  return row;
}

/** The thread with this id, or null. Whether it is the caller's business is the caller's question. */
export async function threadById(database: Queryable, id: string): Promise<ThreadRow | null> {
  const result = await database.query<ThreadRow>(`select ${columns} from threads where id = $1`, [id]);
  return result.rows[0] ?? null;
}

/** The thread, locked until commit: whoever writes in it does so one after the other. */
export async function lockThread(transaction: Queryable, id: string): Promise<ThreadRow> {
  const result = await transaction.query<ThreadRow>(`select ${columns} from threads where id = $1 for update`, [id]);
  const row = result.rows[0];
  if (row === undefined) throw new Error(`The thread ${id} is gone`);
  return row;
}

/** Says that a side has read up to a cursor. It never goes back, nor beyond what there is. */
export async function markRead(database: Queryable, threadId: string, reader: Sender, upTo: number): Promise<number> {
  const column = reader === "shop" ? "read_by_shop" : "read_by_other";
  const result = await database.query<{ read: number }>(
    `update threads set ${column} = greatest(${column}, least($2::bigint, last_cursor)) where id = $1
     returning ${column} as read`,
    [threadId, upTo],
  );
  return result.rows[0]?.read ?? 0;
}

/** How far the other side has read. */
export function readByOthers(thread: ThreadRow, reader: Sender): number {
  return reader === "shop" ? thread.read_by_other : thread.read_by_shop;
}

async function findShopperThread(database: Queryable, storeId: string, walletId: string): Promise<ThreadRow | null> {
  const result = await database.query<ThreadRow>(
    `select ${columns} from threads where store_id = $1 and wallet_id = $2`,
    [storeId, walletId],
  );
  return result.rows[0] ?? null;
}

/**
 * Five digits that are drawn and not worked out, so that nobody can get from them to a wallet. They are the shop's own: the
 * same shopper has others elsewhere. Only a shop with nearly 100,000 shoppers would meet one twice.
 */
async function freeShopperNumber(transaction: Queryable, storeId: string): Promise<string> {
  const drawn = Array.from({ length: numberTries }, () => String(randomInt(100_000)).padStart(5, "0"));
  const taken = await transaction.query<{ shopper_number: string }>(
    "select shopper_number from threads where store_id = $1 and shopper_number = any($2::text[])",
    [storeId, drawn],
  );
  const used = new Set(taken.rows.map((row) => row.shopper_number));
  return drawn.find((number) => !used.has(number)) ?? drawn[0] ?? "00000";
}
