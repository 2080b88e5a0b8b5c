import { unitsOf } from "../../shared/number-entry.ts";
import { closeAfter, type Panel } from "../view.ts";
import { typeBy, type Entry, type EntryPlace } from "./entry.ts";

const quantityDigits = 4;

/** How many of a line; none removes it. */
export function quantityEntry(place: EntryPlace, panel: Extract<Panel, { kind: "quantity" }>): Entry {
  const { words, formats, act, typed } = place;
  const units = unitsOf(typed, 0);
  const resultMinor = units * panel.priceMinor;
  const step = () => {
    if (typed === "") return { title: words("quantity.type"), second: words("quantity.type-second") };
    if (units === 0) return { title: words("bill.remove"), second: panel.name };
    return { title: words("quantity.set", { quantity: units }), second: formats.money(resultMinor) };
  };
  return {
    icon: "add",
    type: typeBy(words, { decimals: 0, wholeDigits: quantityDigits }),
    units,
    resultMinor,
    isReady: typed !== "",
    step: step(),
    take() {
      const done =
        units === 0
          ? act("basket.remove-line", { lineId: panel.lineId })
          : act("basket.set-quantity", { lineId: panel.lineId, quantity: units });
      void closeAfter(done);
    },
  };
}
