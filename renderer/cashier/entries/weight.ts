import { weighedPriceMinor } from "../../shared/format.ts";
import { unitsOf } from "../../shared/number-entry.ts";
import { closePanel, setView, type Panel } from "../view.ts";
import { typeBy, type Entry, type EntryPlace } from "./entry.ts";

/** A scale of a shop ends far below a tonne; the contract refuses more. */
const wholeKilogramDigits = 3;
const wholeGramDigits = 6;

/** The weight of a good, as a scale shows it. */
export function weightEntry(place: EntryPlace, panel: Extract<Panel, { kind: "weight" }>): Entry {
  const { words, formats, act, typed, weightUnit } = place;
  const decimals = weightUnit === "kilogram" ? 3 : 0;
  const units = unitsOf(typed, decimals);
  const resultMinor = weighedPriceMinor(units, panel.tile.priceMinor);
  const weight = words("weight.kilograms", { weight: formats.kilograms(units) });
  return {
    icon: "add",
    type: typeBy(words, {
      decimals,
      wholeDigits: weightUnit === "kilogram" ? wholeKilogramDigits : wholeGramDigits,
    }),
    units,
    resultMinor,
    isReady: units > 0,
    step:
      units > 0
        ? { title: words("weight.add", { amount: formats.money(resultMinor) }), second: weight }
        : { title: words("weight.type"), second: words("weight.type-second") },
    take() {
      setView({ selectedLineId: null, query: "" });
      void act("basket.add", { itemId: panel.tile.itemId, weightGrams: units }).then((done) => {
        if (done !== null) closePanel();
      });
    },
  };
}
