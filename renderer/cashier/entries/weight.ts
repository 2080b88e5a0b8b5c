import { weighedPriceMinor } from "../../shared/format.ts";
import { unitsOf } from "../../shared/number-entry.ts";
import { closeAfter, setView, type Panel } from "../view.ts";
import { askFirst, typeBy, type Entry, type EntryPlace } from "./entry.ts";

/** A scale of a shop ends far below a tonne; the contract refuses more. */
const wholeKilogramDigits = 3;
const wholeGramDigits = 6;

/** What a counter's scale carries. Grams typed as kilograms come out above it. */
const oddGrams = 30_000;

/** The weight of a good, as a scale shows it. */
export function weightEntry(place: EntryPlace, panel: Extract<Panel, { kind: "weight" }>): Entry {
  const { words, formats, act, typed, weightUnit, asked } = place;
  const decimals = weightUnit === "kilogram" ? 3 : 0;
  const units = unitsOf(typed, decimals);
  const resultMinor = weighedPriceMinor(units, panel.tile.priceMinor);
  const isAsked = units > oddGrams && asked?.minor === units;
  const weight = words("weight.kilograms", { weight: formats.kilograms(units) });
  const add = () => {
    setView({ selectedLineId: null, query: "" });
    void closeAfter(act("basket.add", { itemId: panel.tile.itemId, weightGrams: units }));
  };
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
        ? {
            title: isAsked
              ? words("cash.really", { amount: weight })
              : words("weight.add", { amount: formats.money(resultMinor) }),
            second: isAsked ? formats.money(resultMinor) : weight,
          }
        : { title: words("weight.type"), second: words("weight.type-second") },
    take() {
      if (units > oddGrams) askFirst(units, asked, add);
      else add();
    },
  };
}
