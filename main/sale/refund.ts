import type { EntryBody, Payout, RefundLine, RefundReason, SaleTax } from "../../sync/protocol/entry-types.ts";
import { addMinor, type Currency } from "../../sync/protocol/money.ts";
import { TillError } from "../contract/errors.ts";
import { cashDueMinor } from "./cash.ts";
import { divideMinor } from "./division.ts";
import { leftOfSale, type LineLeft, type SaleLeft, type TaxLeft } from "./refund-left.ts";
import { scaleRounded } from "./rounding.ts";
import { createLegs } from "./settlement.ts";
import { walletAccounts } from "../../sync/protocol/tender-types.ts";

type Sale = EntryBody<"sale.settled">;
type Refund = EntryBody<"refund.settled">;

/** What is to be given back: all that is left, some of the lines (pieces, or grams of weighed goods), or money alone. */
export type Wanted =
  | { kind: "all" }
  | { kind: "lines"; lines: readonly { lineId: string; units: number }[] }
  | { kind: "amount"; amountMinor: number };

/** Everything that a refund says besides the sale that is given back. */
export type RefundParts = {
  refundId: string;
  reason: RefundReason;
  drawer: string;
  receiptNumber: number;
  tillNumber: number;
  /** The smallest step that cash can pay today. */
  cashRoundingMinor: number;
  noteCommitment?: string | undefined;
  /** Refunds of the same sale that came before. */
  before?: readonly Refund[] | undefined;
  /** All that is left where it is not given. */
  wanted?: Wanted | undefined;
};

/** What goes back, before it is known under which receipt. */
export type GivenBack = Pick<
  Refund,
  "lines" | "reductions" | "taxes" | "depositMinor" | "totalMinor" | "roundingMinor" | "paidOutMinor"
> & { payouts: Payout[] };

/**
 * The body of `refund.settled`: a sale given back, whole or in part, to where its money came from. Each share is one of what
 * the refunds before have left, so that the last one gives exactly what remains, of every line, discount and tax.
 * @throws TillError `refund.nothing-left`, `refund.above-remaining`.
 */
export function refundSale(sale: Sale, parts: RefundParts): Refund {
  const { currency } = sale;
  const given = giveBack(sale, parts);
  return {
    refundId: parts.refundId,
    saleId: sale.saleId,
    originalReceiptCode: sale.receiptCode,
    receiptNumber: parts.receiptNumber,
    receiptCode: `${parts.tillNumber}-${parts.receiptNumber}`,
    currency,
    priceIncludesTax: sale.priceIncludesTax,
    reason: parts.reason,
    ...(parts.noteCommitment === undefined ? {} : { noteCommitment: parts.noteCommitment }),
    ...given,
    postings: refundPostings(given, parts.drawer, currency),
  };
}

/**
 * What goes back of a sale, and where to.
 * @throws TillError `refund.nothing-left`, `refund.above-remaining`.
 */
export function giveBack(
  sale: Sale,
  {
    before = [],
    wanted = { kind: "all" },
    cashRoundingMinor,
  }: Pick<RefundParts, "before" | "wanted" | "cashRoundingMinor">,
): GivenBack {
  const left = leftOfSale(sale, before);
  // Goods that cost nothing can come back too, while there are any.
  const isGone = left.totalMinor <= 0 && (sale.totalMinor > 0 || left.lines.every(({ units }) => units === 0));
  if (isGone) throw new TillError("refund.nothing-left");
  const goods = wanted.kind === "amount" ? moneyAlone(left, wanted.amountMinor) : goodsBack(left, wanted);
  const payouts = payoutsOf(left, goods.totalMinor, cashRoundingMinor);
  const cash = payouts.find((payout) => payout.kind === "cash");
  const { roundingMinor = 0, paidOutMinor = 0 } = cash ?? {};
  return { ...goods, payouts, roundingMinor, paidOutMinor };
}

type Goods = Pick<Refund, "lines" | "reductions" | "taxes" | "depositMinor" | "totalMinor">;

function goodsBack(left: SaleLeft, wanted: Exclude<Wanted, { kind: "amount" }>): Goods {
  const lines = chosen(left, wanted).map(({ of, units }) => lineBack(of, units));
  const taxes: SaleTax[] = [];
  for (const of of left.taxes) {
    const own = lines.filter(({ taxClass }) => taxClass === of.tax.taxClass);
    if (own.length > 0) taxes.push(taxOfLines(left, of, addMinor(...own.map(({ totalMinor }) => totalMinor))));
  }
  const depositMinor = addMinor(...lines.map(({ deposit }) => deposit?.totalMinor ?? 0));
  return {
    lines,
    taxes,
    ...(depositMinor === 0 ? {} : { depositMinor }),
    totalMinor: addMinor(depositMinor, ...taxes.map(({ grossMinor }) => grossMinor)),
  };
}

/** The lines that come back with how much of each. */
function chosen(left: SaleLeft, wanted: Exclude<Wanted, { kind: "amount" }>): { of: LineLeft; units: number }[] {
  if (wanted.kind === "all") {
    return left.lines.filter(({ units }) => units > 0).map((of) => ({ of, units: of.units }));
  }
  const seen = new Set<string>();
  return wanted.lines.map(({ lineId, units }) => {
    const of = left.lines.find(({ line }) => line.lineId === lineId);
    if (of === undefined || units > of.units || units < 1 || seen.has(lineId)) {
      throw new TillError("refund.above-remaining");
    }
    seen.add(lineId);
    return { of, units };
  });
}

/** The share of a line. A deposit goes back with its piece, that of a weighed good with the last of it. */
function lineBack({ line, units: all, levelsMinor, leftMinor }: LineLeft, units: number): RefundLine {
  const { discounts = [], deposit, quantity: _quantity, weightGrams: _weight, ...shared } = line;
  const levels = levelsMinor.map((minor) => share(minor, units, all));
  const totalMinor = share(leftMinor, units, all);
  const afterDiscounts = levels.at(-1) ?? 0;
  const pieces = line.weightGrams === undefined ? units : Number(units === all);
  const depositMinor = (deposit?.eachMinor ?? 0) * pieces;
  return {
    ...shared,
    ...(line.weightGrams === undefined ? { quantity: units } : { weightGrams: units }),
    ...(discounts.length === 0
      ? {}
      : {
          discounts: discounts.map((discount, index) => ({
            ...discount,
            amountMinor: (levels[index] ?? 0) - (levels[index + 1] ?? 0),
          })),
        }),
    ...(deposit === undefined || pieces === 0
      ? {}
      : { deposit: { eachMinor: deposit.eachMinor, totalMinor: depositMinor } }),
    totalMinor,
    ...(afterDiscounts === totalMinor ? {} : { givenBackMinor: afterDiscounts - totalMinor }),
  };
}

function taxOfLines(left: SaleLeft, { tax, isIncluded, taxMinor }: TaxLeft, linesMinor: number): SaleTax {
  const own = left.lines.filter(({ line }) => line.taxClass === tax.taxClass);
  const ofMinor = share(taxMinor, linesMinor, addMinor(...own.map(({ leftMinor }) => leftMinor)));
  return { ...tax, grossMinor: isIncluded ? linesMinor : addMinor(linesMinor, ofMinor), taxMinor: ofMinor };
}

/**
 * Money without goods: divided among the tax classes by what is left of each, and in each among its lines, to the last unit.
 * A deposit is paid back for its bottle only.
 */
function moneyAlone(left: SaleLeft, amountMinor: number): Goods {
  const open = addMinor(...left.taxes.map(({ grossMinor }) => grossMinor));
  if (amountMinor < 1 || amountMinor > open) throw new TillError("refund.above-remaining");
  const shares = divideMinor(
    amountMinor,
    left.taxes.map(({ grossMinor }) => grossMinor),
  );
  const reductions: NonNullable<Refund["reductions"]> = [];
  const taxes: SaleTax[] = [];
  for (const [index, of] of left.taxes.entries()) {
    const grossMinor = shares[index] ?? 0;
    if (grossMinor === 0) continue;
    const own = left.lines.filter(({ line }) => line.taxClass === of.tax.taxClass);
    const weights = own.map(({ leftMinor }) => leftMinor);
    const taxMinor = taxOfMoney(of, grossMinor, addMinor(...weights));
    const parts = divideMinor(of.isIncluded ? grossMinor : grossMinor - taxMinor, weights);
    for (const [at, { line }] of own.entries()) {
      if ((parts[at] ?? 0) > 0) reductions.push({ lineId: line.lineId, amountMinor: parts[at] ?? 0 });
    }
    taxes.push({ ...of.tax, grossMinor, taxMinor });
  }
  return { lines: [], ...(reductions.length === 0 ? {} : { reductions }), taxes, totalMinor: amountMinor };
}

/** The tax in an amount of a class. Where tax was added, what is without it must be there in the lines. */
function taxOfMoney(
  { isIncluded, grossMinor: all, taxMinor }: TaxLeft,
  grossMinor: number,
  linesMinor: number,
): number {
  const ofMinor = share(taxMinor, grossMinor, all);
  if (isIncluded) return ofMinor;
  return Math.min(grossMinor, taxMinor, Math.max(ofMinor, grossMinor - linesMinor));
}

/**
 * Where the money goes: back to the tender it came from. Of a sale that was paid with both, the wallets' part goes back
 * first, as far as they paid and it is left, and cash after it. What coins could not pay before is settled with this payout.
 */
function payoutsOf(left: SaleLeft, totalMinor: number, cashRoundingMinor: number): Payout[] {
  const payouts: Payout[] = [];
  let restMinor = totalMinor;
  for (const { tender, leftMinor } of left.wallets) {
    const amountMinor = Math.min(restMinor, leftMinor);
    if (amountMinor <= 0) continue;
    const { paymentId, number, rail } = tender;
    payouts.push({ kind: "wallet", amountMinor, paymentId, number, ...(rail === undefined ? {} : { rail }) });
    restMinor -= amountMinor;
  }
  if (restMinor === 0) return payouts;
  const paidOutMinor = cashDueMinor(Math.max(0, restMinor + left.cashCarryMinor), cashRoundingMinor);
  payouts.push({ kind: "cash", amountMinor: restMinor, roundingMinor: paidOutMinor - restMinor, paidOutMinor });
  return payouts;
}

/**
 * The postings of the sale the other way round, for what goes back. The platform keeps its commission on what is given back
 * (docs/decisions/0024-refunds.md), so that the wallet's account is less by the whole amount.
 */
function refundPostings(given: GivenBack, drawer: string, currency: Currency): Refund["postings"] {
  const legs = createLegs();
  for (const payout of given.payouts) {
    if (payout.kind === "wallet") {
      legs.post(walletAccounts[payout.rail ?? "wallet"], -payout.amountMinor);
    } else {
      legs.post(`cash:${drawer}`, -payout.paidOutMinor);
      legs.post("rounding", payout.roundingMinor);
    }
  }
  legs.postIncome(given.taxes, given.depositMinor ?? 0, 1);
  return legs.postings(drawer, currency);
}

/** The share of what is left, rounded once; of the last units it is all of it. */
function share(leftMinor: number, units: number, all: number): number {
  return units === all ? leftMinor : scaleRounded(leftMinor, units, all);
}
