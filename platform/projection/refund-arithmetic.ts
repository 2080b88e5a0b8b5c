import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import type { EntryBody, Payout, RefundLine } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import { depositsMinor } from "./line-arithmetic.ts";

type Refund = EntryBody<"refund.settled">;

/** A refund's payouts; one of an older till says none, and all of it went out in cash. */
export function payoutsOf({ payouts, totalMinor, roundingMinor, paidOutMinor }: Refund): readonly Payout[] {
  return payouts ?? [{ kind: "cash", amountMinor: totalMinor, roundingMinor, paidOutMinor }];
}

/** Whether what is paid out covers the refund, each payment once, and the drawer gave what its part says. */
export function payoutsAddUp(refund: Refund): boolean {
  const payouts = payoutsOf(refund);
  const cash = payouts.filter((payout) => payout.kind === "cash");
  const payments = payouts.flatMap((payout) => (payout.kind === "wallet" ? [payout.paymentId] : []));
  return (
    cash.length <= 1 &&
    new Set(payments).size === payments.length &&
    addMinor(...payouts.map(({ amountMinor }) => amountMinor)) === refund.totalMinor &&
    cash.every(
      ({ amountMinor, roundingMinor, paidOutMinor }) => addMinor(amountMinor, roundingMinor) === paidOutMinor,
    ) &&
    (cash[0]?.roundingMinor ?? 0) === refund.roundingMinor &&
    (cash[0]?.paidOutMinor ?? 0) === refund.paidOutMinor
  );
}

/**
 * What of a part's goods differs from what it names itself, or null. Shares of discounts and tax depend on the sale and on the
 * refunds before: they are held against those (refund-left.ts), not here.
 */
export function partDifference(refund: Refund): AnswerCode | null {
  const { lines, reductions = [], taxes, totalMinor } = refund;
  if (lines.length > 0 && reductions.length > 0) return "line.differs";
  if (!lines.every(hasOneMeasure) || !lines.every(piecesAddUp)) return "line.differs";
  const deposits = depositsMinor(lines);
  if ((refund.depositMinor ?? 0) !== deposits || !lines.every(depositAddsUp)) return "deposit.differs";
  if (!taxesAreOfLines(refund)) return "tax.differs";
  return addMinor(deposits, ...taxes.map(({ grossMinor }) => grossMinor)) === totalMinor ? null : "total.differs";
}

function hasOneMeasure({ quantity, weightGrams }: RefundLine): boolean {
  return (quantity === undefined) !== (weightGrams === undefined);
}

/** Of pieces the price is exact, whatever was taken off it; a weighing is rounded once, and that is the sale's. */
function piecesAddUp({
  quantity,
  unitPriceMinor,
  totalMinor,
  discounts = [],
  givenBackMinor = 0,
}: RefundLine): boolean {
  if (quantity === undefined) return true;
  const gross = addMinor(totalMinor, givenBackMinor, ...discounts.map(({ amountMinor }) => amountMinor));
  return BigInt(unitPriceMinor) * BigInt(quantity) === BigInt(gross);
}

function depositAddsUp({ deposit, quantity }: RefundLine): boolean {
  return deposit === undefined || BigInt(deposit.eachMinor) * BigInt(quantity ?? 1) === BigInt(deposit.totalMinor);
}

/** Each class of the lines once, with what its lines come to. Money without lines names the classes that it is of. */
function taxesAreOfLines({ lines, taxes, priceIncludesTax }: Refund): boolean {
  const classes = new Set(taxes.map(({ taxClass }) => taxClass));
  if (classes.size !== taxes.length) return false;
  if (taxes.some(({ grossMinor, taxMinor }) => taxMinor < 0 || taxMinor > grossMinor)) return false;
  if (lines.length === 0) return true;
  if (new Set(lines.map(({ taxClass }) => taxClass)).size !== classes.size) return false;
  return taxes.every(({ taxClass, grossMinor, taxMinor, included = priceIncludesTax }) => {
    const own = lines.filter((line) => line.taxClass === taxClass);
    const linesMinor = addMinor(...own.map(({ totalMinor }) => totalMinor));
    return own.length > 0 && grossMinor === (included ? linesMinor : addMinor(linesMinor, taxMinor));
  });
}
