import type { EntryBody, SaleTax } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import type { CountedEntry } from "./stretch.ts";

/**
 * What the entries of a stretch of the journal come to, training left out. Amounts are in minor units; refunds are positive
 * in their own.
 */
export type Figures = {
  sales: number;
  salesMinor: number;
  refunds: number;
  refundsMinor: number;
  /** Parts of refunds that went out in cash, before rounding, and back to wallets, by how often and how much. */
  cashPayouts: number;
  cashPayoutsMinor: number;
  walletPayouts: number;
  walletPayoutsMinor: number;
  /** What was taken off the goods that stayed sold and of those that came back. */
  discountsMinor: number;
  /** Deposits taken less those given back. */
  depositsMinor: number;
  /** What cash rounding brought (negative: what it cost). */
  roundingMinor: number;
  abandoned: number;
  abandonedMinor: number;
  priceChanges: number;
  ageChecks: number;
  drawerOpenings: number;
  /** Parts of sales that were paid so, by how often and how much of the totals. Refunds are not in them. */
  cashTenders: number;
  cashTenderedMinor: number;
  walletTenders: number;
  walletMinor: number;
  /** What cash came into the drawer for sales, change taken off, and went out of it for refunds. */
  drawerInMinor: number;
  drawerOutMinor: number;
  /** Wallet payments as the platform said that they were made; one that was taken back is taken off. */
  payments: number;
  paidMinor: number;
  commissionMinor: number;
  taxes: Map<string, Omit<SaleTax, "included">>;
  firstReceipt?: string;
  lastReceipt?: string;
  /** Entries that could not be read and that no figure holds. */
  unread: number;
};

/** The figures of a stretch without entries. */
export function emptyFigures(): Figures {
  return {
    sales: 0,
    salesMinor: 0,
    refunds: 0,
    refundsMinor: 0,
    cashPayouts: 0,
    cashPayoutsMinor: 0,
    walletPayouts: 0,
    walletPayoutsMinor: 0,
    discountsMinor: 0,
    depositsMinor: 0,
    roundingMinor: 0,
    abandoned: 0,
    abandonedMinor: 0,
    priceChanges: 0,
    ageChecks: 0,
    drawerOpenings: 0,
    cashTenders: 0,
    cashTenderedMinor: 0,
    walletTenders: 0,
    walletMinor: 0,
    drawerInMinor: 0,
    drawerOutMinor: 0,
    payments: 0,
    paidMinor: 0,
    commissionMinor: 0,
    taxes: new Map(),
    unread: 0,
  };
}

/** Adds one entry to the figures. */
export function addEntry(figures: Figures, entry: CountedEntry): void {
  switch (entry.type) {
    case "unread":
      figures.unread += 1;
      break;
    case "sale.settled":
      addSale(figures, entry.body);
      break;
    case "refund.settled":
      addRefund(figures, entry.body);
      break;
    case "sale.abandoned":
      figures.abandoned += 1;
      figures.abandonedMinor = addMinor(figures.abandonedMinor, entry.body.totalMinor);
      break;
    case "price.overridden":
      figures.priceChanges += 1;
      break;
    case "approval.granted":
      figures.ageChecks += 1;
      break;
    case "drawer.opened":
      figures.drawerOpenings += 1;
      break;
    case "payment.paid":
      addPayment(figures, 1, entry.body.amountMinor, entry.body.commissionMinor ?? 0);
      break;
    case "payment.reversed":
      takePaymentBack(figures, entry.body);
      break;
    default:
  }
}

function addSale(figures: Figures, sale: EntryBody<"sale.settled">): void {
  figures.sales += 1;
  figures.salesMinor = addMinor(figures.salesMinor, sale.totalMinor);
  figures.discountsMinor = addMinor(figures.discountsMinor, sale.discountMinor ?? 0);
  for (const tender of sale.tenders) {
    if (tender.kind === "wallet") {
      figures.walletTenders += 1;
      figures.walletMinor = addMinor(figures.walletMinor, tender.amountMinor);
    } else {
      figures.cashTenders += 1;
      figures.cashTenderedMinor = addMinor(figures.cashTenderedMinor, tender.amountMinor);
      figures.drawerInMinor = addMinor(figures.drawerInMinor, tender.tenderedMinor, -tender.changeMinor);
      figures.roundingMinor = addMinor(figures.roundingMinor, tender.roundingMinor);
    }
  }
  addGoods(figures, sale, 1);
}

function addRefund(figures: Figures, refund: EntryBody<"refund.settled">): void {
  figures.refunds += 1;
  figures.refundsMinor = addMinor(figures.refundsMinor, refund.totalMinor);
  // A refund of an older version says nothing of payouts: all of it went out in cash.
  for (const payout of refund.payouts ?? [{ kind: "cash" as const, amountMinor: refund.totalMinor }]) {
    if (payout.kind === "wallet") {
      figures.walletPayouts += 1;
      figures.walletPayoutsMinor = addMinor(figures.walletPayoutsMinor, payout.amountMinor);
    } else {
      figures.cashPayouts += 1;
      figures.cashPayoutsMinor = addMinor(figures.cashPayoutsMinor, payout.amountMinor);
    }
  }
  figures.drawerOutMinor = addMinor(figures.drawerOutMinor, refund.paidOutMinor);
  figures.roundingMinor = addMinor(figures.roundingMinor, -refund.roundingMinor);
  addGoods(figures, refund, -1);
}

type Settled = EntryBody<"sale.settled"> | EntryBody<"refund.settled">;

function addGoods(figures: Figures, { receiptCode, depositMinor, taxes }: Settled, sign: 1 | -1): void {
  figures.firstReceipt ??= receiptCode;
  figures.lastReceipt = receiptCode;
  figures.depositsMinor = addMinor(figures.depositsMinor, sign * (depositMinor ?? 0));
  for (const { taxClass, ratePartsPerMillion, grossMinor, taxMinor } of taxes) {
    const key = `${taxClass} ${ratePartsPerMillion}`;
    const before = figures.taxes.get(key);
    figures.taxes.set(key, {
      taxClass,
      ratePartsPerMillion,
      grossMinor: addMinor(before?.grossMinor ?? 0, sign * grossMinor),
      taxMinor: addMinor(before?.taxMinor ?? 0, sign * taxMinor),
    });
  }
}

function addPayment(figures: Figures, sign: 1 | -1, amountMinor: number, commissionMinor: number): void {
  figures.payments += sign;
  figures.paidMinor = addMinor(figures.paidMinor, sign * amountMinor);
  figures.commissionMinor = addMinor(figures.commissionMinor, sign * commissionMinor);
}

/** Most reversals are of payments that were never booked; what one of a booked payment takes back stands in its legs. */
function takePaymentBack(figures: Figures, { amountMinor, postings }: EntryBody<"payment.reversed">): void {
  if (postings.length === 0) return;
  const feeMinor = postings.find(({ account }) => account === "fee:wallet")?.amountMinor ?? 0;
  addPayment(figures, -1, amountMinor, -feeMinor);
}

/** What is in the drawer, or went out of it, by these figures alone: the float comes on top. */
export function drawerChangeMinor({ drawerInMinor, drawerOutMinor }: Figures): number {
  return addMinor(drawerInMinor, -drawerOutMinor);
}
