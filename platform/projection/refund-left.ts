import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import { canonicalise, type CanonicalValue } from "../../sync/protocol/canonical.ts";
import type { EntryBody, RefundLine, SaleLine } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import { payoutsOf } from "./refund-arithmetic.ts";

type Sale = EntryBody<"sale.settled">;
type Refund = EntryBody<"refund.settled">;
type Verdict = Extract<AnswerCode, "refund.twice" | "refund.larger" | "refund.differs">;

/** A line's measure and money, of a sale or of what comes back. `levels` are before each discount in turn and after the last. */
type Amounts = { units: number; levels: number[]; moneyMinor: number; depositMinor: number };

/**
 * What is wrong with a refund, held against its sale and the refunds of it that came before, or null: more of a line, a tender
 * or the whole than there was; or lines, discounts and taxes that are not the share of what was left.
 */
export function refundVerdict(sale: Sale, before: readonly Refund[], refund: Refund): Verdict | null {
  const openMinor = sale.totalMinor - addMinor(...before.map(({ totalMinor }) => totalMinor));
  // Of goods that cost nothing only the pieces can tell, which the lines do.
  if (before.length > 0 && openMinor <= 0 && sale.totalMinor > 0) return "refund.twice";
  if (refund.totalMinor > openMinor) return "refund.larger";
  return (
    linesVerdict(sale, before, refund) ?? taxesVerdict(sale, before, refund) ?? tendersVerdict(sale, before, refund)
  );
}

function linesVerdict(sale: Sale, before: readonly Refund[], refund: Refund): Verdict | null {
  const sold = new Map(sale.lines.map((line) => [line.lineId, line]));
  const named = [...refund.lines, ...(refund.reductions ?? [])].map(({ lineId }) => lineId);
  if (named.length > sold.size || new Set(named).size !== named.length) return "refund.larger";
  for (const line of refund.lines) {
    const of = sold.get(line.lineId);
    if (of === undefined || goodText(of) !== goodText(line)) return "refund.differs";
    const left = leftOfLine(of, before);
    const back = amountsOf(line);
    if (back.units > left.units) return "refund.larger";
    if (!isShare(back, left, of)) return "refund.differs";
  }
  for (const { lineId, amountMinor } of refund.reductions ?? []) {
    const of = sold.get(lineId);
    if (of === undefined) return "refund.differs";
    if (amountMinor > leftOfLine(of, before).moneyMinor) return "refund.larger";
  }
  return null;
}

/** What a line was, without what depends on how much of it comes back. */
function goodText(line: RefundLine): string {
  const { quantity, weightGrams, discounts = [], deposit, totalMinor: _total, givenBackMinor: _given, ...good } = line;
  const measure = quantity === undefined ? "grams" : "pieces";
  const rates = discounts.map(({ amountMinor: _amount, ...discount }) => discount);
  // The last of a weighed good has the deposit, any other part of it has none.
  const eachMinor = weightGrams === undefined ? (deposit?.eachMinor ?? 0) : 0;
  return canonicalise({ ...good, measure, rates, eachMinor } as unknown as CanonicalValue);
}

function amountsOf(line: RefundLine): Amounts {
  const { quantity, weightGrams, discounts = [], deposit, totalMinor, givenBackMinor = 0 } = line;
  const afterAll = addMinor(totalMinor, givenBackMinor);
  const levels = discounts.map((_, at) => addMinor(afterAll, ...discounts.slice(at).map((each) => each.amountMinor)));
  const units = quantity ?? weightGrams ?? 0;
  return { units, levels: [...levels, afterAll], moneyMinor: totalMinor, depositMinor: deposit?.totalMinor ?? 0 };
}

function leftOfLine(line: SaleLine, before: readonly Refund[]): Amounts {
  const left = amountsOf(line);
  for (const refund of before) {
    for (const back of refund.lines.filter(({ lineId }) => lineId === line.lineId).map(amountsOf)) {
      left.units -= back.units;
      left.levels = left.levels.map((minor, at) => minor - (back.levels[at] ?? 0));
      left.moneyMinor -= back.moneyMinor;
      left.depositMinor -= back.depositMinor;
    }
    for (const { lineId, amountMinor } of refund.reductions ?? []) {
      if (lineId === line.lineId) left.moneyMinor -= amountMinor;
    }
  }
  return left;
}

function isShare(back: Amounts, left: Amounts, { deposit, weightGrams }: SaleLine): boolean {
  const isLast = back.units === left.units;
  const depositMinor =
    weightGrams === undefined ? (deposit?.eachMinor ?? 0) * back.units : isLast ? left.depositMinor : 0;
  return (
    back.depositMinor === depositMinor &&
    back.moneyMinor === shareOf(left.moneyMinor, back.units, left.units) &&
    back.levels.every((minor, at) => minor === shareOf(left.levels[at] ?? 0, back.units, left.units))
  );
}

/** Each class with its own rate, and the tax that is the share of what was left of it. */
function taxesVerdict(sale: Sale, before: readonly Refund[], refund: Refund): Verdict | null {
  const classOf = new Map(sale.lines.map(({ lineId, taxClass }) => [lineId, taxClass]));
  const reductions = new Map<string, number>();
  for (const { lineId, amountMinor } of refund.reductions ?? []) {
    const taxClass = classOf.get(lineId) ?? "";
    reductions.set(taxClass, addMinor(reductions.get(taxClass) ?? 0, amountMinor));
  }
  for (const stated of refund.taxes) {
    const of = sale.taxes.find(({ taxClass }) => taxClass === stated.taxClass);
    if (of === undefined || of.ratePartsPerMillion !== stated.ratePartsPerMillion) return "refund.differs";
    if ((of.included ?? sale.priceIncludesTax) !== (stated.included ?? refund.priceIncludesTax))
      return "refund.differs";
    const earlier = before.flatMap(({ taxes }) => taxes.filter(({ taxClass }) => taxClass === of.taxClass));
    const grossLeft = of.grossMinor - addMinor(...earlier.map(({ grossMinor }) => grossMinor));
    const taxLeft = of.taxMinor - addMinor(...earlier.map(({ taxMinor }) => taxMinor));
    if (stated.grossMinor > grossLeft || stated.taxMinor > taxLeft) return "refund.larger";
    const isLast = stated.grossMinor === grossLeft;
    if (isLast ? stated.taxMinor !== taxLeft : !isNear(stated.taxMinor, taxLeft, stated.grossMinor, grossLeft)) {
      return "refund.differs";
    }
    const linesMinor = (of.included ?? sale.priceIncludesTax) ? stated.grossMinor : stated.grossMinor - stated.taxMinor;
    if (refund.lines.length === 0 && (reductions.get(of.taxClass) ?? 0) !== linesMinor) return "refund.differs";
    reductions.delete(of.taxClass);
  }
  return reductions.size > 0 ? "refund.differs" : null;
}

/** Whether a tax is within two minor units of its share: that of lines is one of the lines, that of money one of the gross. */
function isNear(taxMinor: number, taxLeft: number, grossMinor: number, grossLeft: number): boolean {
  const difference = BigInt(taxMinor) * BigInt(grossLeft) - BigInt(taxLeft) * BigInt(grossMinor);
  return (difference < 0n ? -difference : difference) <= 2n * BigInt(grossLeft);
}

/** A refund of an older till went out in cash whatever the sale was paid with; of others each tender gives what it paid. */
function tendersVerdict(sale: Sale, before: readonly Refund[], refund: Refund): Verdict | null {
  if (refund.payouts === undefined) return null;
  const all = [...before, refund];
  const payouts = all.flatMap(payoutsOf);
  for (const payout of refund.payouts) {
    if (payout.kind === "cash") {
      const paid = addMinor(...sale.tenders.map((tender) => (tender.kind === "cash" ? tender.amountMinor : 0)));
      const back = addMinor(...payouts.map((each) => (each.kind === "cash" ? each.amountMinor : 0)));
      if (back > paid) return "refund.larger";
      continue;
    }
    const tender = sale.tenders.find((each) => each.kind === "wallet" && each.paymentId === payout.paymentId);
    if (tender?.kind !== "wallet") return "refund.differs";
    if (tender.number !== payout.number || (tender.rail ?? "wallet") !== (payout.rail ?? "wallet"))
      return "refund.differs";
    const same = payouts.filter((each) => each.kind === "wallet" && each.paymentId === payout.paymentId);
    if (addMinor(...same.map(({ amountMinor }) => amountMinor)) > tender.amountMinor) return "refund.larger";
  }
  return null;
}

/** The share of what is left, halves up; of the last units all of it. */
function shareOf(leftMinor: number, units: number, all: number): number {
  if (units === all) return leftMinor;
  const product = BigInt(leftMinor) * BigInt(units);
  return Number((product * 2n + BigInt(all)) / (BigInt(all) * 2n));
}
