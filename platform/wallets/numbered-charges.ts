import type { NumberedCharges } from "../../sync/protocol/api.ts";
import type { Queryable } from "../database/database.ts";
import { chargeResponse, type ChargeRow } from "./charge-store.ts";

/** A number is eight digits and comes again; older charges than this are found by their receipt. */
const keptMs = 30 * 24 * 3_600_000;
const maximumCharges = 20;

/** The charges of a store under a number that a shopper shows, the newest first. */
export async function numberedCharges(
  database: Queryable,
  storeId: string,
  number: string,
  nowMs: number,
): Promise<NumberedCharges> {
  const { rows } = await database.query<ChargeRow & { till_number: number }>(
    `select c.*, t.number as till_number from charges c join tills t on t.id = c.till_id
     where c.number = $1 and t.store_id = $2 and c.created_at > $3 and c.state <> 'new'
     order by c.position desc limit ${maximumCharges}`,
    [number, storeId, new Date(nowMs - keptMs)],
  );
  const charges = rows.map((row) => ({
    paymentId: row.payment_id,
    saleId: row.sale_id,
    tillNumber: row.till_number,
    at: row.created_at.toISOString(),
    rail: row.rail,
    charge: chargeResponse(row),
  }));
  return { charges };
}
