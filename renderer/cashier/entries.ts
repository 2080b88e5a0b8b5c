import { minorDigits } from "../../sync/protocol/money.ts";
import { weighedPriceMinor } from "../shared/format.ts";
import { isBeyond, typeInto, unitsOf, type EntryKey, type EntryRules } from "../shared/number-entry.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useAct, useSnapshot } from "./till.tsx";
import { closePanel, setView, useView } from "./view.ts";

/** A number that is being typed: what may be typed, what it comes to, and what the main key does with it. */
export type Entry = {
  readonly kind: "weight" | "cash" | "quantity";
  /** Types a key of the pad; one that does not fit says so. */
  type(key: EntryKey): void;
  /** The typed number in its smallest units: grams, minor units, pieces. */
  readonly units: number;
  /** What it comes to: the price of the weight, the change, the price of the pieces. */
  readonly resultMinor: number;
  readonly isReady: boolean;
  readonly step: { readonly title: string; readonly second: string };
  take(): void;
};

/** A scale of a shop ends far below a tonne; the contract refuses more. */
const wholeKilogramDigits = 3;
const wholeGramDigits = 6;
const wholeAmountDigits = 8;
const quantityDigits = 4;

/** More than ten times what is due, and this much above it, is more likely a slip than money. */
const oddFactor = 10;
const oddExcess = 1_000;

function isOddAmount(tenderedMinor: number, dueMinor: number, decimals: number): boolean {
  return tenderedMinor > dueMinor * oddFactor && tenderedMinor - dueMinor > oddExcess * 10 ** decimals;
}

/** The number that is being typed on the open pad, or null where none is open. */
export function useEntry(): Entry | null {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const { basket, till } = useSnapshot();
  const panel = useView((view) => view.panel);
  const typed = useView((view) => view.entry);
  const unit = useView((view) => view.weightUnit);
  const confirmed = useView((view) => view.confirmedMinor);
  const typeBy = (rules: EntryRules) => (key: EntryKey) => {
    const { entry } = useView.getState();
    const limit = words("pad.limit");
    if (isBeyond(entry, key, rules)) setView({ message: { kind: "reason", text: limit } });
    else setView({ entry: typeInto(entry, key, rules), message: null });
  };
  if (panel?.kind === "weight") {
    const decimals = unit === "kilogram" ? 3 : 0;
    const units = unitsOf(typed, decimals);
    const resultMinor = weighedPriceMinor(units, panel.tile.priceMinor);
    const weight = words("weight.kilograms", { weight: formats.kilograms(units) });
    return {
      kind: "weight",
      type: typeBy({ decimals, wholeDigits: unit === "kilogram" ? wholeKilogramDigits : wholeGramDigits }),
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
  if (panel?.kind === "cash") {
    const decimals = minorDigits(till.currency);
    const units = unitsOf(typed, decimals);
    const missingMinor = basket.cash.dueMinor - units;
    const isOdd = isOddAmount(units, basket.cash.dueMinor, decimals);
    const isAsked = isOdd && confirmed === units;
    return {
      kind: "cash",
      type: typeBy({ decimals, wholeDigits: wholeAmountDigits }),
      units,
      resultMinor: Math.max(0, -missingMinor),
      isReady: missingMinor <= 0,
      step:
        missingMinor <= 0
          ? {
              title: words(isAsked ? "cash.really" : "cash.take", { amount: formats.money(units) }),
              second: words("tender.back", { amount: formats.money(-missingMinor) }),
            }
          : {
              title: words("cash.type"),
              second: words("cash.missing", { amount: formats.money(missingMinor) }),
            },
      take() {
        if (isOdd && !isAsked) {
          setView({ confirmedMinor: units });
          return;
        }
        void act("tender.cash", { saleId: basket.saleId, tenderedMinor: units }).then((done) => {
          if (done !== null) closePanel();
        });
      },
    };
  }
  if (panel?.kind === "quantity") {
    const units = unitsOf(typed, 0);
    const resultMinor = units * panel.priceMinor;
    const quantityStep = () => {
      if (typed === "") return { title: words("quantity.type"), second: words("quantity.type-second") };
      if (units === 0) return { title: words("bill.remove"), second: panel.name };
      return { title: words("quantity.set", { quantity: units }), second: formats.money(resultMinor) };
    };
    return {
      kind: "quantity",
      type: typeBy({ decimals: 0, wholeDigits: quantityDigits }),
      units,
      resultMinor,
      isReady: typed !== "",
      step: quantityStep(),
      take() {
        const done =
          units === 0
            ? act("basket.remove-line", { lineId: panel.lineId })
            : act("basket.set-quantity", { lineId: panel.lineId, quantity: units });
        void done.then((done) => {
          if (done !== null) closePanel();
        });
      },
    };
  }
  return null;
}
