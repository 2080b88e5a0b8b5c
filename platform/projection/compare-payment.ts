import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import type { Posting } from "../../sync/protocol/entry.ts";
import type { EntryBody, Rail } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import { walletAccounts } from "../../sync/protocol/tender-types.ts";
import type { Queryable } from "../database/database.ts";
import type { EntryPlace } from "./sales-store.ts";

type Paid = EntryBody<"payment.paid">;
type Reversed = EntryBody<"payment.reversed">;
type Charge = { commission_minor: number | null; rail: Rail };

/**
 * Whether a till booked a payment as the platform did: the amount less the commission to the wallet's account, and
 * the commission as a fee. A charge from before there were terms has said nothing about it.
 */
export async function paidConflict(transaction: Queryable, place: EntryPlace, paid: Paid): Promise<AnswerCode | null> {
  const charge = await takenCharge(transaction, place, paid);
  if (charge === null) return "payment.unmatched";
  const commission = charge.commission_minor;
  if (commission === null) return null;
  const booked = isBooked(paid.postings, walletAccounts[charge.rail], paid.amountMinor, commission);
  return booked && (paid.commissionMinor ?? 0) === commission ? null : "commission.differs";
}

/** The same of a reversal. One without postings undid a payment that never was booked. */
export async function reversedConflict(
  transaction: Queryable,
  place: EntryPlace,
  reversed: Reversed,
): Promise<AnswerCode | null> {
  if (reversed.postings.length === 0) return null;
  const charge = await takenCharge(transaction, place, reversed);
  if (charge === null) return "payment.unmatched";
  const commission = charge.commission_minor;
  if (commission === null) return null;
  const account = walletAccounts[charge.rail];
  return isBooked(reversed.postings, account, -reversed.amountMinor, -commission) ? null : "commission.differs";
}

/** The charge as this till asked for it, whether or not it was given back since. */
async function takenCharge(
  transaction: Queryable,
  place: EntryPlace,
  payment: Paid | Reversed,
): Promise<Charge | null> {
  const result = await transaction.query<Charge>(
    `select commission_minor, rail from charges where payment_id = $1 and till_id = $2 and sale_id = $3
       and amount_minor = $4 and currency = $5 and taken_before and state in ('paid', 'reversing', 'reversed')`,
    [payment.paymentId, place.tillId, payment.saleId, payment.amountMinor, payment.currency],
  );
  return result.rows[0] ?? null;
}

function isBooked(
  postings: readonly Posting[],
  account: string,
  amountMinor: number,
  commissionMinor: number,
): boolean {
  const sumOf = (name: string): number =>
    addMinor(...postings.filter((posting) => posting.account === name).map((posting) => posting.amountMinor));
  return (
    sumOf(account) === addMinor(amountMinor, -commissionMinor) &&
    sumOf("fee:wallet") === commissionMinor &&
    sumOf("suspense") === -amountMinor
  );
}
