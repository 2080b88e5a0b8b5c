import { useFormats, useWords } from "../../shared/words/intl.tsx";
import { useAct, useSnapshot } from "../till.tsx";
import { useView, type Panel } from "../view.ts";
import { cashEntry, cashPartEntry } from "./cash.ts";
import { countEntry } from "./count.ts";
import { discountEntry } from "./discount.ts";
import type { Entry, EntryPlace } from "./entry.ts";
import { openPriceEntry, priceEntry } from "./price.ts";
import { refundAmountEntry } from "./refund.ts";
import { quantityEntry } from "./quantity.ts";
import { weightEntry } from "./weight.ts";

function entryOf(place: EntryPlace, panel: Panel | null): Entry | null {
  switch (panel?.kind) {
    case "weight":
      return weightEntry(place, panel);
    case "open-price":
      return openPriceEntry(place, panel);
    case "cash":
      return panel.isPart ? cashPartEntry(place) : cashEntry(place);
    case "quantity":
      return quantityEntry(place, panel);
    case "price":
      return priceEntry(place, panel);
    case "discount":
      return discountEntry(place, panel);
    case "refund-amount":
      return refundAmountEntry(place, panel);
    case "count":
      return countEntry(place, panel.shift);
    default:
      return null;
  }
}

/** The number that is being typed on the open pad, or null where none is open. */
export function useEntry(): Entry | null {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const snapshot = useSnapshot();
  const panel = useView((view) => view.panel);
  const typed = useView((view) => view.entry);
  const weightUnit = useView((view) => view.weightUnit);
  const asked = useView((view) => view.asked);
  // What a refund pays out is said by the till a moment after the amount was typed.
  useView((view) => view.quoted);
  return entryOf({ words, formats, act, snapshot, typed, weightUnit, asked }, panel);
}

/** Panels on which digits are typed, some of them faster than a slow scanner. */
export const numberPads: ReadonlySet<Panel["kind"]> = new Set<Panel["kind"]>([
  "weight",
  "open-price",
  "cash",
  "quantity",
  "price",
  "discount",
  "refund-amount",
  "count",
]);

/** Pads on which money is typed: a scan is refused there, so that no code is ever taken for money. */
export const moneyPads: ReadonlySet<Panel["kind"]> = new Set<Panel["kind"]>([
  "open-price",
  "cash",
  "price",
  "discount",
  "refund-amount",
  "count",
]);
