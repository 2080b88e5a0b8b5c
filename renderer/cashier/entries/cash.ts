import { minorDigits } from "../../../sync/protocol/money.ts";
import { unitsOf } from "../../shared/number-entry.ts";
import { closeAfter } from "../view.ts";
import { askFirst, typeBy, wholeAmountDigits, type Entry, type EntryPlace } from "./entry.ts";

/** More than ten times what is due, and this much above it, is more likely a slip than money. */
const oddFactor = 10;
const oddExcess = 1_000;

function isOddAmount(tenderedMinor: number, dueMinor: number, decimals: number): boolean {
  return tenderedMinor > dueMinor * oddFactor && tenderedMinor - dueMinor > oddExcess * 10 ** decimals;
}

/** Any amount of cash for the whole sale, and its change. */
export function cashEntry(place: EntryPlace): Entry {
  const { words, formats, act, typed, asked } = place;
  const { basket, till } = place.snapshot;
  const decimals = minorDigits(till.currency);
  const units = unitsOf(typed, decimals);
  const missingMinor = basket.cash.dueMinor - units;
  const isOdd = isOddAmount(units, basket.cash.dueMinor, decimals);
  const isAsked = isOdd && asked?.minor === units;
  const pay = () => void closeAfter(act("tender.cash", { saleId: basket.saleId, tenderedMinor: units }));
  return {
    icon: "cash",
    type: typeBy(words, { decimals, wholeDigits: wholeAmountDigits }),
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
      if (isOdd) askFirst(units, asked, pay);
      else pay();
    },
  };
}

/** The part that is paid in cash; the wallet pays what is left of the total. */
export function cashPartEntry(place: EntryPlace): Entry {
  const { words, formats, act, typed } = place;
  const { basket, till } = place.snapshot;
  const decimals = minorDigits(till.currency);
  const units = unitsOf(typed, decimals);
  const restMinor = basket.totalMinor - units;
  const step = () => {
    if (units === 0) return { title: words("part.type"), second: words("part.type-second") };
    if (restMinor <= 0) {
      return { title: words("part.too-much"), second: words("cash.due", { amount: formats.money(basket.totalMinor) }) };
    }
    return {
      title: words("part.take", { amount: formats.money(units) }),
      second: words("part.rest", { amount: formats.money(restMinor) }),
    };
  };
  return {
    icon: "cash",
    type: typeBy(words, { decimals, wholeDigits: wholeAmountDigits }),
    units,
    resultMinor: Math.max(0, restMinor),
    isReady: units > 0 && restMinor > 0,
    step: step(),
    take() {
      void closeAfter(act("tender.cash-part", { saleId: basket.saleId, amountMinor: units }));
    },
  };
}
