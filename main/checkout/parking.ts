import { TillError } from "../contract/errors.ts";
import type { NewEntry } from "../ledger/entries.ts";
import type { Ledger } from "../ledger/open.ts";
import { itemCount, type BasketState } from "../sale/basket.ts";
import { savedRulesOf, type HeldRules } from "./held-rules.ts";
import type { OpenSale } from "./open-sale.ts";
import { readSavedBasket } from "./saved-basket.ts";

/** Sales that may be set aside at once; a counter with more has lost sight of them. */
const mostParked = 50;

/** What parking works with. */
export type ParkingParts = {
  ledger: Ledger;
  sale: OpenSale;
  entry(entry: Pick<Extract<NewEntry, { type: "sale.parked" | "sale.resumed" }>, "type" | "body">): NewEntry;
  now(): string;
};

/**
 * Sets an open basket aside, in one commit with its entry, and shows an empty one. Its discounts and note go with it. A part
 * in cash does not, because no money was taken yet; an age check neither, because somebody else may come for the goods.
 * @throws TillError `park.full`.
 */
export function parkSale(parts: ParkingParts, basket: BasketState, totalMinor: number, currency: Currency): void {
  const { cashPartMinor: _notTaken, age: _looked, ...kept } = basket;
  setAside(parts, kept, JSON.stringify(kept), { totalMinor, currency });
}

/**
 * Sets the open sale aside while a payment of it is under way, as it is and with the rules that it is priced by, so that it
 * can be settled from there.
 * @throws TillError `park.full`.
 */
export function parkWithPayment(parts: ParkingParts, held: HeldRules, totalMinor: number): void {
  const { basket } = parts.sale;
  const text = JSON.stringify({ ...basket, held: savedRulesOf(held) });
  setAside(parts, basket, text, { totalMinor, currency: held.rules.store.currency });
}

function setAside(
  parts: ParkingParts,
  basket: BasketState,
  text: string,
  { totalMinor, currency }: { totalMinor: number; currency: Currency },
): void {
  const { ledger, sale } = parts;
  if (ledger.parkedSales.count() >= mostParked) throw new TillError("park.full", { most: mostParked });
  const { saleId, lines } = basket;
  const goods = lines
    .slice(-3)
    .map(({ good }) => good.name)
    .toReversed();
  const body = { saleId, lines: lines.length, totalMinor, currency };
  const summary = { saleId, at: parts.now(), itemCount: itemCount(basket), totalMinor, goods };
  const next = sale.fresh();
  ledger.append([parts.entry({ type: "sale.parked", body })], () => {
    ledger.parkedSales.add(summary, text);
    sale.write(next, undefined);
  });
  sale.show(next, undefined);
}

type Currency = Extract<NewEntry, { type: "sale.parked" }>["body"]["currency"];

/**
 * Takes a parked sale up again, in one commit with its entry. The sale that is open already is left as it is.
 * @throws TillError `park.not-found`, `park.basket-open` while there are goods in the basket.
 */
export function resumeSale(parts: ParkingParts, saleId: string): void {
  const { ledger, sale } = parts;
  if (sale.basket.saleId === saleId) return;
  const parked = readSavedBasket(ledger.parkedSales.basket(saleId));
  if (parked === null) throw new TillError("park.not-found");
  if (sale.basket.lines.length > 0) throw new TillError("park.basket-open");
  // One that was set aside with its payment still has both: nobody knows who comes for the goods now.
  const { cashPartMinor: _notTaken, age: _looked, ...basket } = parked;
  ledger.append([parts.entry({ type: "sale.resumed", body: { saleId } })], () => {
    ledger.parkedSales.remove(saleId);
    sale.write(basket, undefined);
  });
  sale.show(basket, undefined);
}
