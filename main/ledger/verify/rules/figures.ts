import type { Bodies, KnownBody } from "../bodies.ts";
import type { WalkedEntry } from "../walk.ts";

/** What entries come to. Amounts are in minor units; refunds are positive in their own. */
export interface Figures {
  sales: number;
  salesMinor: number;
  refunds: number;
  refundsMinor: number;
  /** What of it went back to wallets. */
  refundsWalletMinor: number;
  /** What cash came into the drawer, less what went out of it. */
  cashMinor: number;
  /** Parts of sales that a wallet paid. */
  walletMinor: number;
  /** What the platform kept, less what it gave back. */
  commissionMinor: number;
  /** Entries that nobody here can count. */
  notCounted: number;
}

/** Nothing yet. */
export function noFigures(): Figures {
  return {
    sales: 0,
    salesMinor: 0,
    refunds: 0,
    refundsMinor: 0,
    refundsWalletMinor: 0,
    cashMinor: 0,
    walletMinor: 0,
    commissionMinor: 0,
    notCounted: 0,
  };
}

/** What came between two states of the same figures. */
export function between(before: Figures, after: Figures): Figures {
  const figures = noFigures();
  for (const name of Object.keys(figures) as (keyof Figures)[]) figures[name] = after[name] - before[name];
  return figures;
}

/** Far beyond what any till sells: an amount above it is not added to any sum, which stays exact that way. */
const largestAmountMinor = 2 ** 40;

/** Adds an entry to the figures. Training is left out. */
export function addEntry(figures: Figures, { known, isStrange, isTraining, legs }: WalkedEntry): void {
  if (isTraining) return;
  if (isStrange) figures.notCounted += 1;
  if (known === undefined) return;
  if (amountsOf(known).some((amount) => Math.abs(amount) > largestAmountMinor)) figures.notCounted += 1;
  else if (known.type === "sale.settled") addSale(figures, known.body);
  else if (known.type === "refund.settled") addRefund(figures, known.body);
  else if (known.type === "payment.paid") figures.commissionMinor += known.body.commissionMinor ?? 0;
  else if (known.type === "payment.reversed") {
    // What a reversal takes back of the commission stands in its legs; mostly nothing was booked, and it has none.
    for (const { account, amountMinor } of legs) if (account === "fee:wallet") figures.commissionMinor += amountMinor;
  }
}

function amountsOf({ type, body }: KnownBody): number[] {
  switch (type) {
    case "sale.settled":
      return [body.totalMinor, ...body.tenders.flatMap(amountsOfTender)];
    case "refund.settled":
      return [body.totalMinor, body.paidOutMinor, ...(body.payouts ?? []).map(({ amountMinor }) => amountMinor)];
    case "payment.paid":
      return [body.amountMinor, body.commissionMinor ?? 0];
    case "payment.reversed":
      return [body.amountMinor];
    default:
      return [];
  }
}

function amountsOfTender(tender: Bodies["sale.settled"]["tenders"][number]): number[] {
  return tender.kind === "cash" ? [tender.amountMinor, tender.tenderedMinor, tender.changeMinor] : [tender.amountMinor];
}

function addSale(figures: Figures, { totalMinor, tenders }: Bodies["sale.settled"]): void {
  figures.sales += 1;
  figures.salesMinor += totalMinor;
  for (const tender of tenders) {
    if (tender.kind === "wallet") figures.walletMinor += tender.amountMinor;
    else figures.cashMinor += tender.tenderedMinor - tender.changeMinor;
  }
}

function addRefund(figures: Figures, { totalMinor, paidOutMinor, payouts = [] }: Bodies["refund.settled"]): void {
  figures.refunds += 1;
  figures.refundsMinor += totalMinor;
  for (const payout of payouts) if (payout.kind === "wallet") figures.refundsWalletMinor += payout.amountMinor;
  figures.cashMinor -= paidOutMinor;
}
