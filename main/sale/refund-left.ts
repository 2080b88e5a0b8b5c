import type { EntryBody, RefundLine, SaleLine, SaleTax, Tender } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";

type Sale = EntryBody<"sale.settled">;
type Refund = EntryBody<"refund.settled">;

/** What is left of a line to give back. */
export type LineLeft = {
  line: SaleLine;
  /** Pieces, or grams of a weighed good. */
  units: number;
  /**
   * What is left of the line before any discount, then after each of its discounts in their order. Money that was given back
   * without goods is not taken off these, because it was no discount.
   */
  levelsMinor: number[];
  /** What is left of the money that the line came to. */
  leftMinor: number;
};

/** What is left of a tax class. Where its tax was added on top, the gross amount is more than what is left of its lines. */
export type TaxLeft = { tax: SaleTax; isIncluded: boolean; grossMinor: number; taxMinor: number };

type WalletTender = Extract<Tender, { kind: "wallet" }>;

/** What is left of a sale to give back: of its goods, its taxes and its ways of paying. */
export type SaleLeft = {
  lines: LineLeft[];
  taxes: TaxLeft[];
  wallets: { tender: WalletTender; leftMinor: number }[];
  cashMinor: number;
  /** What coins could not pay of the cash until now; negative where they paid too much. The next cash payout settles it. */
  cashCarryMinor: number;
  totalMinor: number;
};

/** Pieces of a line, or grams of a weighed good. */
export function unitsOf({ quantity, weightGrams }: Pick<SaleLine, "quantity" | "weightGrams">): number {
  return weightGrams ?? quantity ?? 0;
}

/** What is left of a sale after these refunds of it, in whatever order they came. */
export function leftOfSale(sale: Sale, refunds: readonly Refund[]): SaleLeft {
  const left = whole(sale);
  for (const refund of refunds) takeOff(left, refund);
  return left;
}

function whole(sale: Sale): SaleLeft {
  const wallets = sale.tenders.filter((tender) => tender.kind === "wallet");
  return {
    lines: sale.lines.map((line) => {
      const levelsMinor = levelsOf(line);
      return { line, units: unitsOf(line), levelsMinor, leftMinor: line.totalMinor };
    }),
    taxes: sale.taxes.map((tax) => {
      const { grossMinor, taxMinor } = tax;
      return { tax, isIncluded: tax.included ?? sale.priceIncludesTax, grossMinor, taxMinor };
    }),
    wallets: wallets.map((tender) => ({ tender, leftMinor: tender.amountMinor })),
    cashMinor: addMinor(...sale.tenders.map((tender) => (tender.kind === "cash" ? tender.amountMinor : 0))),
    cashCarryMinor: 0,
    totalMinor: sale.totalMinor,
  };
}

/** What a line comes to before any discount, and after each of them. */
function levelsOf({ totalMinor, discounts = [], givenBackMinor = 0 }: SaleLine & Partial<RefundLine>): number[] {
  const levels = [addMinor(totalMinor, givenBackMinor)];
  for (const { amountMinor } of discounts.toReversed()) levels.unshift(addMinor(levels[0] ?? 0, amountMinor));
  return levels;
}

function takeOff(left: SaleLeft, refund: Refund): void {
  const byId = new Map(left.lines.map((each) => [each.line.lineId, each]));
  for (const line of refund.lines) {
    const of = byId.get(line.lineId);
    if (of === undefined) continue;
    of.units -= unitsOf(line);
    const given = levelsOf(line);
    of.levelsMinor = of.levelsMinor.map((minor, index) => minor - (given[index] ?? 0));
    of.leftMinor -= line.totalMinor;
  }
  for (const { lineId, amountMinor } of refund.reductions ?? []) {
    const of = byId.get(lineId);
    if (of !== undefined) of.leftMinor -= amountMinor;
  }
  for (const { taxClass, grossMinor, taxMinor } of refund.taxes) {
    const of = left.taxes.find(({ tax }) => tax.taxClass === taxClass);
    if (of === undefined) continue;
    of.grossMinor -= grossMinor;
    of.taxMinor -= taxMinor;
  }
  left.totalMinor -= refund.totalMinor;
  takeOffPayouts(left, refund);
}

/** A refund of an older version says nothing of payouts: all of it went out in cash, whatever the sale was paid with. */
function takeOffPayouts(left: SaleLeft, { payouts, totalMinor, roundingMinor, paidOutMinor }: Refund): void {
  const all = payouts ?? [{ kind: "cash" as const, amountMinor: totalMinor, roundingMinor, paidOutMinor }];
  for (const payout of all) {
    if (payout.kind === "cash") {
      left.cashMinor = Math.max(0, left.cashMinor - payout.amountMinor);
      left.cashCarryMinor += payout.amountMinor - payout.paidOutMinor;
    } else {
      const of = left.wallets.find(({ tender }) => tender.paymentId === payout.paymentId);
      if (of !== undefined) of.leftMinor -= payout.amountMinor;
    }
  }
}
