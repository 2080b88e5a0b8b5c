import { minorDigits } from "../../../sync/protocol/money.ts";
import { unitsOf } from "../../shared/number-entry.ts";
import { refundOf } from "../refund-choice.ts";
import { settleRefund, whereTo } from "../refund-step.tsx";
import { useView, type Panel } from "../view.ts";
import { typeBy, wholeAmountDigits, type Entry, type EntryPlace } from "./entry.ts";

/** Money that goes back without goods. */
export function refundAmountEntry(place: EntryPlace, panel: Extract<Panel, { kind: "refund-amount" }>): Entry {
  const { words, formats, act, typed } = place;
  const decimals = minorDigits(place.snapshot.till.currency);
  const units = unitsOf(typed, decimals);
  const { left, reason } = panel.refund;
  const { wanted, quote } = refundOf({ panel, entry: typed, quoted: useView.getState().quoted }, decimals);
  const most = words("refund.most", { amount: formats.money(left.mostAmountMinor) });
  const isReady = wanted !== null && quote !== null && reason !== null;
  const step = () => {
    if (units === 0) return { title: words("refund.type"), second: most };
    if (wanted === null) return { title: words("refund.too-much"), second: most };
    if (!isReady) {
      return {
        title: words("refund.choose"),
        second: words("refund.choose-second", { amount: formats.money(units) }),
      };
    }
    return {
      title: words("refund.give-back", { amount: formats.money(units) }),
      second: whereTo(quote, words, formats),
    };
  };
  return {
    icon: "refund",
    type: typeBy(words, { decimals, wholeDigits: wholeAmountDigits }),
    units,
    resultMinor: Math.max(0, left.mostAmountMinor - units),
    isReady,
    step: step(),
    take() {
      if (wanted !== null && reason !== null) void settleRefund(act, panel.refund, wanted, reason);
    },
  };
}
