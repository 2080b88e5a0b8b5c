import { minorDigits } from "../../../sync/protocol/money.ts";
import { unitsOf } from "../../shared/number-entry.ts";
import { openPanel } from "../view.ts";
import { askFirst, typeBy, wholeAmountDigits, type Entry, type EntryPlace } from "./entry.ts";

/**
 * The cash that was counted in the drawer of a shift. Closing it is final, so it is asked about once, and it is named, so that
 * a lost answer closes no second one.
 */
export function countEntry(place: EntryPlace, shift: string | null): Entry {
  const { words, formats, act, typed, snapshot, asked } = place;
  const decimals = minorDigits(snapshot.till.currency);
  const units = unitsOf(typed, decimals);
  const amount = formats.money(units);
  const isAsked = asked?.minor === units;
  const step = () => {
    if (typed === "") return { title: words("count.type"), second: words("count.type-second") };
    if (isAsked) return { title: words("count.really"), second: words("count.really-second", { amount }) };
    return { title: words("count.close"), second: words("count.close-second", { amount }) };
  };
  return {
    icon: "shift",
    type: typeBy(words, { decimals, wholeDigits: wholeAmountDigits }),
    units,
    resultMinor: units,
    isReady: typed !== "",
    step: step(),
    take() {
      askFirst(units, asked, () => {
        const named = shift === null ? {} : { shift };
        void act("shift.close", { ...named, countedMinor: units }).then((closed) => {
          if (closed !== null) openPanel({ kind: "shift-closed", closed, countedMinor: units });
        });
      });
    },
  };
}
