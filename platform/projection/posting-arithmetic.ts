import { unbalancedCurrencies, type Posting } from "../../sync/protocol/entry.ts";
import type { EntryBody, SaleTax } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import { payoutsOf } from "./refund-arithmetic.ts";
import { walletAccounts } from "../../sync/protocol/tender-types.ts";

type Sale = EntryBody<"sale.settled">;
type Refund = EntryBody<"refund.settled">;

/** All drawers together: which of them the money went into is the till's own business. */
const cash = "cash";

/** Whether the postings of a sale are those that its tenders, taxes and deposits ask for, account by account. */
export function salePostingsAddUp(sale: Sale): boolean {
  const expected = new Sums();
  for (const tender of sale.tenders) {
    if (tender.kind === "wallet") {
      expected.add("suspense", tender.amountMinor);
    } else {
      expected.add(cash, addMinor(tender.tenderedMinor, -tender.changeMinor));
      expected.add("rounding", -tender.roundingMinor);
    }
  }
  addGoods(expected, sale.taxes, sale.depositMinor ?? 0, -1);
  return agrees(sale.postings, expected, sale.currency);
}

/**
 * Whether the postings of a refund are those that its payouts, taxes and deposits ask for. What goes back to a wallet is booked
 * whole: the commission on it stays kept.
 */
export function refundPostingsAddUp(refund: Refund): boolean {
  const expected = new Sums();
  expected.add(cash, -refund.paidOutMinor);
  expected.add("rounding", refund.roundingMinor);
  for (const payout of payoutsOf(refund)) {
    if (payout.kind === "cash") continue;
    const { rail = "wallet", amountMinor } = payout;
    expected.add(walletAccounts[rail], -amountMinor);
  }
  addGoods(expected, refund.taxes, refund.depositMinor ?? 0, 1);
  return agrees(refund.postings, expected, refund.currency);
}

function addGoods(expected: Sums, taxes: readonly SaleTax[], depositMinor: number, sign: 1 | -1): void {
  for (const tax of taxes) {
    expected.add(`sales:${tax.taxClass}`, sign * addMinor(tax.grossMinor, -tax.taxMinor));
    expected.add(`tax:${tax.ratePartsPerMillion}`, sign * tax.taxMinor);
  }
  expected.add("deposit", sign * depositMinor);
}

function agrees(postings: readonly Posting[], expected: Sums, currency: string): boolean {
  if (postings.some((posting) => posting.currency !== currency)) return false;
  if (unbalancedCurrencies(postings).length > 0) return false;
  const stated = new Sums();
  for (const { account, amountMinor } of postings)
    stated.add(account.startsWith(`${cash}:`) ? cash : account, amountMinor);
  return stated.equals(expected);
}

/** Sums by account. A leg of nothing may be there or not. */
class Sums {
  readonly #sums = new Map<string, number>();

  add(account: string, amountMinor: number): void {
    this.#sums.set(account, addMinor(this.#sums.get(account) ?? 0, amountMinor));
  }

  equals(other: Sums): boolean {
    const accounts = new Set([...this.#sums.keys(), ...other.#sums.keys()]);
    return [...accounts].every((account) => (this.#sums.get(account) ?? 0) === (other.#sums.get(account) ?? 0));
  }
}
