import { type Bodies, type Fields, isFields } from "../bodies.ts";

type Sale = Bodies["sale.settled"];
type Refund = Bodies["refund.settled"];

/** Far beyond what any till sells, so that sums stay exact. */
const largestMinor = 2 ** 40;

/** What is counted of a sale and of its refunds, by name. */
type Sums = Map<string, number>;

/** What a refund gave back beyond its sale. */
export interface Excess {
  statedMinor: number;
  countedMinor: number;
}

/** Whether a refund's payouts cover it, and the drawer gave what the cash among them says. */
export function payoutsHold({ payouts, totalMinor, paidOutMinor }: Refund): boolean {
  if (payouts === undefined) return true;
  let covered = 0;
  let drawer = 0;
  for (const payout of payouts) {
    covered += payout.amountMinor;
    if (payout.kind === "cash") drawer += payout.paidOutMinor;
  }
  return covered === totalMinor && drawer === paidOutMinor;
}

/**
 * The first thing of which a refund gave back more than the sale and the refunds before it left: pieces or grams of a line, its
 * money, a tax class, deposits or a tender. Undefined where it stays within that, or what it names cannot be read here.
 */
export function excessOf(
  sale: Sale & Fields,
  before: readonly (Refund & Fields)[],
  refund: Refund & Fields,
): Excess | undefined {
  const left: Sums = new Map();
  addGoods(left, sale, 1);
  for (const tender of sale.tenders) add(left, tenderName(tender), tender.amountMinor);
  for (const earlier of before) addRefund(left, earlier, -1);
  const back: Sums = new Map();
  addRefund(back, refund, 1);
  for (const [name, stated] of back) {
    const counted = Math.max(0, left.get(name) ?? 0);
    if (stated <= counted) continue;
    // Pieces and grams are no money: it is said what their refund came to.
    if (name.startsWith("units")) return { statedMinor: refund.totalMinor, countedMinor: 0 };
    return { statedMinor: stated, countedMinor: counted };
  }
  return undefined;
}

function addRefund(sums: Sums, refund: Refund & Fields, sign: 1 | -1): void {
  addGoods(sums, refund, sign);
  for (const payout of refund.payouts ?? []) add(sums, tenderName(payout), payout.amountMinor, sign);
}

function tenderName(tender: { kind: "cash" } | { kind: "wallet"; paymentId: string }): string {
  return tender.kind === "cash" ? "cash" : `payment ${tender.paymentId}`;
}

function addGoods(sums: Sums, body: Fields, sign: 1 | -1): void {
  add(sums, "deposit", body["depositMinor"], sign);
  for (const line of listOf(body["lines"])) {
    add(sums, `units ${String(line["lineId"])}`, line["quantity"] ?? line["weightGrams"], sign);
    add(sums, `money ${String(line["lineId"])}`, line["totalMinor"], sign);
  }
  for (const reduction of listOf(body["reductions"])) {
    add(sums, `money ${String(reduction["lineId"])}`, reduction["amountMinor"], sign);
  }
  for (const tax of listOf(body["taxes"])) {
    add(sums, `gross ${String(tax["taxClass"])}`, tax["grossMinor"], sign);
    add(sums, `tax ${String(tax["taxClass"])}`, tax["taxMinor"], sign);
  }
}

function add(sums: Sums, name: string, amount: unknown, sign: 1 | -1 = 1): void {
  if (typeof amount !== "number" || Math.abs(amount) > largestMinor) return;
  sums.set(name, (sums.get(name) ?? 0) + sign * amount);
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}
