import { minorDigits } from "../../../sync/protocol/money.ts";
import { unitsOf } from "../../shared/number-entry.ts";
import { closeAfter, setView, type Panel } from "../view.ts";
import { typeBy, wholeAmountDigits, type Entry, type EntryPlace } from "./entry.ts";

/** The price of a good that has none of its own. */
export function openPriceEntry(place: EntryPlace, panel: Extract<Panel, { kind: "open-price" }>): Entry {
  const { words, formats, act, typed, snapshot } = place;
  const decimals = minorDigits(snapshot.till.currency);
  const units = unitsOf(typed, decimals);
  return {
    icon: "add",
    type: typeBy(words, { decimals, wholeDigits: wholeAmountDigits }),
    units,
    resultMinor: units,
    isReady: units > 0,
    step:
      units > 0
        ? { title: words("weight.add", { amount: formats.money(units) }), second: formats.name(panel.tile.name) }
        : { title: words("open-price.type"), second: words("open-price.type-second") },
    take() {
      setView({ selectedLineId: null, query: "" });
      void closeAfter(act("basket.add", { itemId: panel.tile.itemId, priceMinor: units }));
    },
  };
}

/** Another price for a line, with the reason that the journal keeps. */
export function priceEntry(place: EntryPlace, panel: Extract<Panel, { kind: "price" }>): Entry {
  const { words, formats, act, typed, snapshot } = place;
  const { reason, lineId } = panel;
  const decimals = minorDigits(snapshot.till.currency);
  const units = unitsOf(typed, decimals);
  const step = () => {
    if (units === 0) {
      const second = words(typed === "" ? "price.type-second" : "price.not-nothing");
      return { title: words("price.type"), second };
    }
    if (reason === null) return { title: words("price.choose"), second: words("price.choose-second") };
    return { title: words("price.set", { amount: formats.money(units) }), second: words("price.set-second") };
  };
  return {
    icon: "price",
    type: typeBy(words, { decimals, wholeDigits: wholeAmountDigits }),
    units,
    resultMinor: units,
    isReady: units > 0 && reason !== null,
    step: step(),
    take() {
      if (reason === null) return;
      void closeAfter(act("basket.set-price", { lineId, priceMinor: units, reason }));
    },
  };
}
