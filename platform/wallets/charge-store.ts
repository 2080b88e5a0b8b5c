import type { ChargeRequest, ChargeResponse, DeclineCode } from "../../sync/protocol/api.ts";
import { declineCodes } from "../../sync/protocol/api.ts";
import type { Rail } from "../../sync/protocol/entry-types.ts";
import type { Currency } from "../../sync/protocol/money.ts";
import type { Queryable } from "../database/database.ts";

/** A charge as it is stored. `new` lives within one transaction only: nobody else ever sees it. */
export type ChargeRow = {
  payment_id: string;
  till_id: string;
  sale_id: string;
  ledger: string;
  amount_minor: number;
  currency: Currency;
  number: string;
  token_hash: Buffer | null;
  /** `asked`, `waiting`, `unknown` and `reversing` are of charges over rails only: nobody knows yet how they end. */
  state: "new" | "asked" | "waiting" | "unknown" | "reversing" | "paid" | "declined" | "reversed";
  code: string | null;
  wallet_id: string | null;
  transfer_id: string | null;
  paid_at: Date | null;
  taken_before: boolean;
  /** What was kept of it; null where nothing was taken, and of charges from before there were terms. */
  commission_minor: number | null;
  created_at: Date;
  rail: Rail;
  /** The rail's own number of the payment. */
  rail_transaction: string | null;
  /** The platform undoes it because nobody confirmed it; no till has asked for that. */
  closing: boolean;
  /** When the rail was last asked. */
  rail_heard_at: Date | null;
  /** When the platform turns to it by itself, and how often it has; null where it is final. */
  next_try_at: Date | null;
  tries: number;
};

/** What names a charge: all of it but the token. */
export type ChargeContent = Omit<ChargeRequest, "token">;

/**
 * The row of a payment, locked until commit. Whoever comes first writes it; whoever comes at the same time waits here,
 * so a charge and its reversal are one after the other. `isNew` says that there was none before.
 */
export async function lockCharge(
  transaction: Queryable,
  tillId: string,
  content: ChargeContent,
  tokenHash: Buffer | null,
  at: Date,
): Promise<{ row: ChargeRow; isNew: boolean }> {
  const { paymentId, saleId, ledger, amountMinor, currency, number, rail = "wallet" } = content;
  const inserted = await transaction.query(
    `insert into charges
       (payment_id, till_id, sale_id, ledger, amount_minor, currency, number, token_hash, state, created_at, rail)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'new', $9, $10) on conflict (payment_id) do nothing`,
    [paymentId, tillId, saleId, ledger, amountMinor, currency, number, tokenHash, at, rail],
  );
  const row = await lockKnownCharge(transaction, paymentId);
  return { row, isNew: inserted.rowCount === 1 };
}

/** The row of a payment that is there, locked until commit. */
export async function lockKnownCharge(transaction: Queryable, paymentId: string): Promise<ChargeRow> {
  const result = await transaction.query<ChargeRow>("select * from charges where payment_id = $1 for update", [
    paymentId,
  ]);
  const row = result.rows[0];
  if (row === undefined) throw new Error(`The charge ${paymentId} is not there after it was written`);
  return row;
}

/** The charge that this till made, or null: another till's is nobody's business. */
export async function findCharge(database: Queryable, tillId: string, paymentId: string): Promise<ChargeRow | null> {
  const result = await database.query<ChargeRow>("select * from charges where payment_id = $1 and till_id = $2", [
    paymentId,
    tillId,
  ]);
  return result.rows[0] ?? null;
}

/** Whether a stored charge is the one that is asked for; the token is compared where both are known. */
export function isSameCharge(
  row: ChargeRow,
  tillId: string,
  content: ChargeContent,
  tokenHash: Buffer | null,
): boolean {
  return (
    row.till_id === tillId &&
    row.sale_id === content.saleId &&
    row.ledger === content.ledger &&
    row.amount_minor === content.amountMinor &&
    row.currency === content.currency &&
    row.number === content.number &&
    row.rail === (content.rail ?? "wallet") &&
    (tokenHash === null || row.token_hash === null || row.token_hash.equals(tokenHash))
  );
}

/** A stored charge as the protocol says it. */
export function chargeResponse(row: ChargeRow): ChargeResponse {
  const fields = {
    paymentId: row.payment_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    number: row.number,
  };
  if (row.state === "paid" && row.transfer_id !== null && row.paid_at !== null) {
    const commission = row.commission_minor === null ? {} : { commissionMinor: row.commission_minor };
    const paidAt = row.paid_at.toISOString();
    const transactionId = row.rail_transaction ?? row.transfer_id;
    return { state: "paid", ...fields, transactionId, paidAt, ...commission };
  }
  if (row.state === "reversed") return { state: "reversed", ...fields, takenBefore: row.taken_before };
  if (row.state === "declined") return { state: "declined", ...fields, code: knownCode(row.code) };
  if (row.state === "waiting") return { state: "waiting", ...fields };
  if (row.state === "reversing" && !row.closing) return { state: "reversing", ...fields };
  if (row.state === "asked" || row.state === "unknown" || row.state === "reversing") {
    return { state: "unknown", ...fields };
  }
  throw new Error(`The charge ${row.payment_id} was left half made`);
}

type OutcomeColumn =
  | "state"
  | "code"
  | "wallet_id"
  | "transfer_id"
  | "paid_at"
  | "taken_before"
  | "commission_minor"
  | "rail_transaction"
  | "closing"
  | "rail_heard_at"
  | "next_try_at"
  | "tries";

/** Stores what became of a charge. */
export async function finishCharge(
  transaction: Queryable,
  row: ChargeRow,
  outcome: Partial<Pick<ChargeRow, OutcomeColumn>>,
): Promise<ChargeRow> {
  const done = { ...row, ...outcome };
  await transaction.query(
    `update charges set state = $2, code = $3, wallet_id = $4, transfer_id = $5, paid_at = $6, taken_before = $7,
       commission_minor = $8, rail_transaction = $9, closing = $10, rail_heard_at = $11, next_try_at = $12, tries = $13
     where payment_id = $1`,
    [
      row.payment_id,
      done.state,
      done.code,
      done.wallet_id,
      done.transfer_id,
      done.paid_at,
      done.taken_before,
      done.commission_minor,
      done.rail_transaction,
      done.closing,
      done.rail_heard_at,
      done.next_try_at,
      done.tries,
    ],
  );
  return done;
}

function knownCode(code: string | null): DeclineCode {
  const known = declineCodes.find((each) => each === code);
  if (known === undefined) throw new Error(`A charge was declined with ${code ?? "no code"}`);
  return known;
}
