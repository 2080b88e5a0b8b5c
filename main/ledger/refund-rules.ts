import { strict as assert } from "node:assert";
import type { EntryBody } from "../../sync/protocol/entry-types.ts";
import { TillError } from "../contract/errors.ts";
import type { LedgerDatabase } from "./database.ts";
import { type KnownEntry, readKnownEntry } from "./entries.ts";
import { createJournalReads } from "./journal-reads.ts";
import { createSaleReads } from "./sale-reads.ts";

type Sale = EntryBody<"sale.settled">;
type Refund = EntryBody<"refund.settled">;

/** Refunds that one sale may have: each new one is held against all before it. */
const maximumRefundsOfSale = 100;

/** What the journal holds refunds to, whoever writes. */
export interface RefundRules {
  /**
   * Holds a refund against its sale and the refunds of it before, those of the same transaction included: with them it gives
   * back at most what was sold of each line, taken of each tax class, paid with each tender, and in all.
   * @throws TillError `refund.above-remaining`, `refund.too-many`, `entry.unread` where the sale or a refund of it cannot be read.
   * @throws AssertionError for a refund that does not add up, or of no sale of this ledger: a defect, never a matter of input.
   */
  check(entry: KnownEntry): void;
}

/** The rules over the sales of an open database. */
export function createRefundRules(database: LedgerDatabase): RefundRules {
  const sales = createSaleReads(database);
  const journal = createJournalReads(database);

  function bodyAt<T extends "sale.settled" | "refund.settled">(seq: number, type: T): EntryBody<T> {
    const entry = readKnownEntry(journal.entry(seq)?.text ?? "");
    if (entry?.type !== type) throw new TillError("entry.unread", { seq });
    return entry.body as EntryBody<T>;
  }

  return {
    check({ type, body: refund }) {
      if (type !== "refund.settled") return;
      const summary = sales.sale(refund.saleId);
      assert(summary?.kind === "sale", "refund.settled names a sale that is not in this ledger");
      const before = sales.refundsOf(refund.saleId);
      if (before.length >= maximumRefundsOfSale) throw new TillError("refund.too-many");
      assertAddsUp(refund);
      const refunds = before.map(({ seq }) => bodyAt(seq, "refund.settled"));
      checkWithin(bodyAt(summary.seq, "sale.settled"), [...refunds, refund]);
    },
  };
}

/** Payouts cover the total, the drawer gives what the cash among them says, and no line or payment is named twice. */
function assertAddsUp({ lines, reductions = [], payouts, totalMinor, paidOutMinor }: Refund): void {
  const lineIds = [...lines, ...reductions].map(({ lineId }) => lineId);
  assert.equal(new Set(lineIds).size, lineIds.length, "refund.settled names a line twice");
  if (payouts === undefined) return;
  const cash = payouts.filter((payout) => payout.kind === "cash");
  const payments = payouts.flatMap((payout) => (payout.kind === "wallet" ? [payout.paymentId] : []));
  assert(cash.length <= 1 && new Set(payments).size === payments.length, "refund.settled pays one tender twice");
  assert.equal(sumOf(payouts.map(({ amountMinor }) => amountMinor)), totalMinor, "The payouts do not cover the refund");
  assert.equal(cash[0]?.paidOutMinor ?? 0, paidOutMinor, "The drawer gives something else than the cash payout");
}

/** Sums by name of what was sold and paid, from which every refund takes away. */
class Rest {
  readonly #rest = new Map<string, number>();

  add(name: string, amount: number): void {
    this.#rest.set(name, (this.#rest.get(name) ?? 0) + amount);
  }

  take(name: string, amount: number): void {
    const rest = (this.#rest.get(name) ?? 0) - amount;
    if (rest < 0) throw new TillError("refund.above-remaining");
    this.#rest.set(name, rest);
  }
}

function checkWithin(sale: Sale, refunds: readonly Refund[]): void {
  const rest = new Rest();
  rest.add("total", sale.totalMinor);
  rest.add("deposit", sale.depositMinor ?? 0);
  for (const { lineId, quantity, weightGrams, totalMinor } of sale.lines) {
    rest.add(`units ${lineId}`, quantity ?? weightGrams ?? 0);
    rest.add(`money ${lineId}`, totalMinor);
  }
  for (const { taxClass, grossMinor, taxMinor } of sale.taxes) {
    rest.add(`gross ${taxClass}`, grossMinor);
    rest.add(`tax ${taxClass}`, taxMinor);
  }
  for (const tender of sale.tenders) rest.add(nameOfTender(tender), tender.amountMinor);
  for (const refund of refunds) takeRefund(rest, refund);
}

function takeRefund(rest: Rest, refund: Refund): void {
  rest.take("total", refund.totalMinor);
  rest.take("deposit", refund.depositMinor ?? 0);
  for (const { lineId, quantity, weightGrams, totalMinor } of refund.lines) {
    rest.take(`units ${lineId}`, quantity ?? weightGrams ?? 0);
    rest.take(`money ${lineId}`, totalMinor);
  }
  for (const { lineId, amountMinor } of refund.reductions ?? []) rest.take(`money ${lineId}`, amountMinor);
  for (const { taxClass, grossMinor, taxMinor } of refund.taxes) {
    rest.take(`gross ${taxClass}`, grossMinor);
    rest.take(`tax ${taxClass}`, taxMinor);
  }
  // Older versions paid everything out in cash, whatever the sale was paid with; the total holds those.
  for (const payout of refund.payouts ?? []) rest.take(nameOfTender(payout), payout.amountMinor);
}

function nameOfTender(tender: { kind: "cash" } | { kind: "wallet"; paymentId: string }): string {
  return tender.kind === "cash" ? "cash" : `payment ${tender.paymentId}`;
}

function sumOf(amountsMinor: readonly number[]): number {
  return amountsMinor.reduce((sum, amountMinor) => sum + amountMinor, 0);
}
