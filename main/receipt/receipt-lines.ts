import type { ReceiptBlock } from "../../devices/printer/document.ts";
import type { LineDiscount, RefundLine } from "../../sync/protocol/entry-types.ts";
import { addMinor, type Currency } from "../../sync/protocol/money.ts";
import type { Locale } from "../contract/snapshot.ts";
import { plainAmount } from "../money-text.ts";
import type { ReceiptSentences } from "./receipt-sentences.ts";

/** How the amounts of a receipt are written: those of a refund stand with a minus. */
export type LineStyle = { locale: Locale; currency: Currency; sentences: ReceiptSentences; sign: 1 | -1 };

/**
 * A line of a receipt: its name with what it came to before discounts, how many or how much at which price, and every
 * discount and deposit as an amount of its own, so that the right column adds up. What refunds of money gave back of a line
 * before it came back is one of these.
 */
export function lineBlocks(line: RefundLine, style: LineStyle): ReceiptBlock[] {
  const { currency, locale, sentences } = style;
  const { discounts = [], givenBackMinor = 0 } = line;
  const grossMinor = addMinor(line.totalMinor, givenBackMinor, ...discounts.map(({ amountMinor }) => amountMinor));
  return [
    { kind: "columns", left: line.name[locale], right: amount(grossMinor, style) },
    ...priceTexts(line, style).map((text): ReceiptBlock => ({ kind: "text", text: `  ${text}` })),
    ...discounts.map((discount) => detail(discountText(discount, sentences), -discount.amountMinor, style)),
    ...(givenBackMinor === 0 ? [] : [detail(sentences("receipt.given-back-before"), -givenBackMinor, style)]),
    ...(line.deposit === undefined
      ? []
      : [
          detail(
            sentences("receipt.deposit", {
              quantity: line.quantity ?? 1,
              price: plainAmount(line.deposit.eachMinor, currency),
            }),
            line.deposit.totalMinor,
            style,
          ),
        ]),
  ];
}

function priceTexts(line: RefundLine, { sentences, currency }: LineStyle): string[] {
  const price = plainAmount(line.unitPriceMinor, currency);
  const texts: string[] = [];
  if (line.weightGrams !== undefined) {
    texts.push(sentences("receipt.weighed", { kilograms: (line.weightGrams / 1000).toFixed(3), price }));
  } else if ((line.quantity ?? 1) > 1) {
    texts.push(sentences("receipt.pieces", { quantity: line.quantity ?? 1, price }));
  }
  if (line.listPriceMinor !== undefined) {
    texts.push(sentences("receipt.price-changed", { price: plainAmount(line.listPriceMinor, currency) }));
  }
  if (line.openPrice === true) texts.push(sentences("receipt.price-typed"));
  return texts;
}

function discountText({ of, ratePartsPerMillion }: LineDiscount, sentences: ReceiptSentences): string {
  if (ratePartsPerMillion === undefined) {
    return sentences(of === "line" ? "receipt.discount" : "receipt.sale-discount");
  }
  const percent = String(ratePartsPerMillion / 10_000);
  return sentences(of === "line" ? "receipt.discount-rate" : "receipt.sale-discount-rate", { percent });
}

function detail(left: string, amountMinor: number, style: LineStyle): ReceiptBlock {
  return { kind: "columns", left: `  ${left}`, right: amount(amountMinor, style) };
}

/** An amount of a column, with the sign of the receipt. */
export function amount(amountMinor: number, { currency, sign }: Pick<LineStyle, "currency" | "sign">): string {
  return plainAmount(sign * amountMinor, currency);
}
