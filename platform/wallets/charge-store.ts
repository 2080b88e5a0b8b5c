import type { ChargeRequest, ChargeResponse, DeclineCode } from "../../sync/protocol/api.ts";
import { declineCodes } from "../../sync/protocol/api.ts";
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
  state: "new" | "paid" | "declined" | "reversed";
  code: string | null;
  wallet_id: string | null;
  transfer_id: string | null;
  paid_at: Date | null;
  taken_before: boolean;
  /** What was kept of it; null where nothing was taken, and of charges from before there were terms. */
  commission_minor: number | null;
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
  const { paymentId, saleId, ledger, amountMinor, currency, number } = content;
  const inserted = await transaction.query(
    `insert into charges
       (payment_id, till_id, sale_id, ledger, amount_minor, currency, number, token_hash, state, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'new', $9) on conflict (payment_id) do nothing`,
    [paymentId, tillId, saleId, ledger, amountMinor, currency, number, tokenHash, at],
  );
  const result = await transaction.query<ChargeRow>("select * from charges where payment_id = $1 for update", [
    paymentId,
  ]);
  const row = result.rows[0];
  if (row === undefined) throw new Error(`The charge ${paymentId} is not there after it was written`);
  return { row, isNew: inserted.rowCount === 1 };
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
    return { state: "paid", ...fields, transactionId: row.transfer_id, paidAt, ...commission };
  }
  if (row.state === "reversed") return { state: "reversed", ...fields, takenBefore: row.taken_before };
  if (row.state === "declined") return { state: "declined", ...fields, code: knownCode(row.code) };
  throw new Error(`The charge ${row.payment_id} was left half made`);
}

type OutcomeColumn = "state" | "code" | "wallet_id" | "transfer_id" | "paid_at" | "taken_before" | "commission_minor";

/** Stores what became of a charge. */
export async function finishCharge(
  transaction: Queryable,
  row: ChargeRow,
  outcome: Partial<Pick<ChargeRow, OutcomeColumn>>,
): Promise<ChargeRow> {
  const done = { ...row, ...outcome };
  await transaction.query(
    `update charges set state = $2, code = $3, wallet_id = $4, transfer_id = $5, paid_at = $6, taken_before = $7,
       commission_minor = $8
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
    ],
  );
  return done;
}

function knownCode(code: string | null): DeclineCode {
  const known = declineCodes.find((each) => each === code);
  if (known === undefined) throw new Error(`A charge was declined with ${code ?? "no code"}`);
  return known;
}
