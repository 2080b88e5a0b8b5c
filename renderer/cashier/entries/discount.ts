import type { Discount } from "../../../main/contract/snapshot.ts";
import { minorDigits } from "../../../sync/protocol/money.ts";
import { formatPercent } from "../../shared/format.ts";
import { unitsOf } from "../../shared/number-entry.ts";
import { discountMinor, saleBaseMinor } from "../line-amounts.ts";
import type { Act } from "../till.tsx";
import { closeAfter, type Panel } from "../view.ts";
import { typeBy, wholeAmountDigits, type Entry, type EntryPlace } from "./entry.ts";

/** A percentage has two decimals: 12.5 and 33.33. */
const percentDecimals = 2;
const percentDigits = 3;
/** A hundredth of a percent in parts per million. */
const partsPerHundredth = 100;
const whole = 1_000_000;

/** Gives a discount to a line or to the sale, or takes it off where there is none; true once the till has done it. */
export async function giveDiscount(
  act: Act,
  target: { lineId: string | null; saleId: string },
  discount: Discount | undefined,
): Promise<boolean> {
  const given = discount === undefined ? {} : { discount };
  const done =
    target.lineId === null
      ? await act("basket.discount-sale", { saleId: target.saleId, ...given })
      : await act("basket.discount-line", { lineId: target.lineId, ...given });
  return done !== null;
}

/** What is taken off, by percentage or amount, and what that comes to. */
export function discountEntry(place: EntryPlace, panel: Extract<Panel, { kind: "discount" }>): Entry {
  const { words, formats, act, typed, snapshot } = place;
  const { basket, till } = snapshot;
  const { lineId } = panel;
  const isPercent = panel.unit === "percent";
  const decimals = isPercent ? percentDecimals : minorDigits(till.currency);
  const units = unitsOf(typed, decimals);
  const line = basket.lines.find((each) => each.lineId === lineId);
  const baseMinor = lineId === null ? saleBaseMinor(basket) : (line?.grossMinor ?? 0);
  const ratePartsPerMillion = units * partsPerHundredth;
  const discount: Discount = isPercent ? { ratePartsPerMillion } : { amountMinor: units };
  const isTooMuch = isPercent ? ratePartsPerMillion > whole : units > baseMinor;
  const offMinor = units === 0 ? 0 : discountMinor(baseMinor, discount);
  const step = () => {
    if (units === 0) return { title: words("discount.type"), second: words("discount.type-second") };
    if (isTooMuch) {
      return {
        title: words("discount.too-much"),
        second: words("discount.worth", { amount: formats.money(baseMinor) }),
      };
    }
    const of = isPercent
      ? words("discount.percent-of", { percent: formatPercent(ratePartsPerMillion), amount: formats.money(baseMinor) })
      : words("discount.leaves", { amount: formats.money(baseMinor - offMinor) });
    return { title: words("discount.take", { amount: formats.money(offMinor) }), second: of };
  };
  return {
    icon: "price",
    type: typeBy(words, { decimals, wholeDigits: isPercent ? percentDigits : wholeAmountDigits }),
    units,
    resultMinor: offMinor,
    isReady: units > 0 && !isTooMuch,
    step: step(),
    take() {
      void closeAfter(giveDiscount(act, { lineId, saleId: basket.saleId }, discount));
    },
  };
}
