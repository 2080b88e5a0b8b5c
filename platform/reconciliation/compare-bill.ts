import { idOfOrderNumber } from "../rails/order-number.ts";
import type { BillLine } from "../rails/rail.ts";

/** A charge over the rail as the platform has it. `isBooked` says that it was ever taken for paid. */
export type OurCharge = {
  paymentId: string;
  amountMinor: number;
  state: string;
  isBooked: boolean;
  /** Whether it was paid on the day of the bill, by the rail's own clock. */
  isOfDay: boolean;
};

/** A refund that the platform has asked the rail for. */
export type OurRefund = { refundId: string; paymentId: string; amountMinor: number };

/** What the platform has of a bill's day. */
export type OurDay = {
  /** All that the bill names, and all that was paid on the day. */
  charges: readonly OurCharge[];
  /** Payments that went back whole on the day, by our clock. */
  reversedIds: readonly string[];
  /** Refunds that the bill names, and those that were made on the day. */
  refunds: readonly OurRefund[];
  refundedIds: readonly string[];
  /** Orders and refunds that any bill up to now says went back. */
  backOrders: ReadonlySet<string>;
  backRefunds: ReadonlySet<string>;
};

/** How a bill and the charges can disagree. */
export type DifferenceKind = "missing-at-rail" | "missing-here" | "amount-differs" | "state-differs";

/** One thing that is not the same on both sides. */
export type Difference = {
  kind: DifferenceKind;
  what: "payment" | "reversal" | "refund";
  orderNumber: string;
  paymentId: string | null;
  oursMinor: number | null;
  theirsMinor: number | null;
  ourState: string | null;
};

/**
 * Holds a day's bill against the charges, by order number. What was paid stands in the bill of its own day, since both sides take
 * the rail's time of it. What went back may stand in an earlier bill than that of our day, because we hear of it later.
 */
export function compareBill(lines: readonly BillLine[], ours: OurDay): Difference[] {
  const charges = new Map(ours.charges.map((charge) => [charge.paymentId, charge]));
  const payments = lines.filter(({ kind }) => kind === "payment");
  return [
    ...payments.flatMap((line) => comparePayment(line, charges, ours)),
    ...missingPayments(payments, ours),
    ...lines.filter(({ kind }) => kind !== "payment").flatMap((line) => compareBack(line, charges, ours)),
    ...missingBacks(charges, ours),
  ];
}

function comparePayment(line: BillLine, charges: ReadonlyMap<string, OurCharge>, ours: OurDay): Difference[] {
  const charge = chargeOf(line, charges);
  if (charge === undefined) return [difference("missing-here", "payment", line, undefined)];
  if (charge.amountMinor !== line.amountMinor) return [difference("amount-differs", "payment", line, charge)];
  // Paid there and never here is right where all of it went back: the shopper confirmed as the order was closed.
  if (charge.isBooked || ours.backOrders.has(line.orderNumber)) return [];
  return [difference("state-differs", "payment", line, charge)];
}

function missingPayments(payments: readonly BillLine[], ours: OurDay): Difference[] {
  const named = new Set(payments.map(({ orderNumber }) => orderNumber));
  return ours.charges
    .filter(({ isBooked, isOfDay, paymentId }) => isBooked && isOfDay && !named.has(plain(paymentId)))
    .map((charge) => missingAtRail("payment", charge, charge.amountMinor));
}

function compareBack(line: BillLine, charges: ReadonlyMap<string, OurCharge>, ours: OurDay): Difference[] {
  const what = line.refundNumber === null || line.refundNumber === line.orderNumber ? "reversal" : "refund";
  const charge = chargeOf(line, charges);
  if (charge === undefined) return [difference("missing-here", what, line, undefined)];
  if (what === "reversal") {
    if (charge.amountMinor !== line.amountMinor) return [difference("amount-differs", what, line, charge)];
    const isGivenBack = charge.state === "reversed" || charge.state === "declined";
    return isGivenBack ? [] : [difference("state-differs", what, line, charge)];
  }
  const id = idOfOrderNumber(line.refundNumber ?? "");
  const refund = ours.refunds.find(({ refundId, paymentId }) => refundId === id && paymentId === charge.paymentId);
  if (refund === undefined) return [{ ...difference("missing-here", what, line, charge), oursMinor: null }];
  if (refund.amountMinor === line.amountMinor) return [];
  return [{ ...difference("amount-differs", what, line, charge), oursMinor: refund.amountMinor }];
}

function missingBacks(charges: ReadonlyMap<string, OurCharge>, ours: OurDay): Difference[] {
  const reversals = ours.reversedIds.flatMap((id) => {
    const charge = charges.get(id);
    if (charge === undefined || ours.backOrders.has(plain(id))) return [];
    return [missingAtRail("reversal", charge, charge.amountMinor)];
  });
  const refunds = ours.refunds.flatMap((refund) => {
    const charge = charges.get(refund.paymentId);
    const isExpected = ours.refundedIds.includes(refund.refundId) && !ours.backRefunds.has(plain(refund.refundId));
    return charge === undefined || !isExpected ? [] : [missingAtRail("refund", charge, refund.amountMinor)];
  });
  return [...reversals, ...refunds];
}

function missingAtRail(what: Difference["what"], charge: OurCharge, oursMinor: number): Difference {
  return {
    kind: "missing-at-rail",
    what,
    orderNumber: plain(charge.paymentId),
    paymentId: charge.paymentId,
    oursMinor,
    theirsMinor: null,
    ourState: charge.state,
  };
}

function difference(
  kind: DifferenceKind,
  what: Difference["what"],
  line: BillLine,
  charge: OurCharge | undefined,
): Difference {
  return {
    kind,
    what,
    orderNumber: line.orderNumber,
    paymentId: charge?.paymentId ?? null,
    oursMinor: charge?.amountMinor ?? null,
    theirsMinor: line.amountMinor,
    ourState: charge?.state ?? null,
  };
}

function chargeOf(line: BillLine, charges: ReadonlyMap<string, OurCharge>): OurCharge | undefined {
  const id = idOfOrderNumber(line.orderNumber);
  return id === null ? undefined : charges.get(id);
}

function plain(id: string): string {
  return id.replaceAll("-", "");
}
