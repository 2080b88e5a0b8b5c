import type { TaxClass } from "../../sync/protocol/change.ts";
import type { ChatReceipt } from "../../sync/protocol/chat.ts";
import type { EntryFields } from "../../sync/protocol/entry.ts";
import type { EntryBody, Names, RefundLine, SaleTax } from "../../sync/protocol/entry-types.ts";
import { payoutsOf } from "../projection/refund-arithmetic.ts";
import { encodeReceiptCode } from "../../sync/protocol/receipt-code.ts";

type Sale = EntryBody<"sale.settled">;
type Refund = EntryBody<"refund.settled">;

/** What a card says besides its entry's body. */
export type CardContext = {
  entry: { ledger: string; seq: number; hash: string };
  fields: EntryFields;
  store: Names;
  taxClasses: ReadonlyMap<string, Pick<TaxClass, "name">>;
};

const partsPerPercent = 10_000;

/** A sale's receipt as a card. */
export function saleCard(sale: Sale, context: CardContext): ChatReceipt {
  return {
    kind: "sale",
    ...heading(sale, context),
    ...(sale.discountMinor === undefined ? {} : { discountMinor: sale.discountMinor }),
    tenders: sale.tenders.map((tender) =>
      tender.kind === "wallet"
        ? { kind: "wallet", amountMinor: tender.amountMinor, number: tender.number }
        : { kind: "cash", amountMinor: tender.amountMinor, ...rounding(tender.roundingMinor) },
    ),
  };
}

/** A refund's receipt as a card. Its amounts are positive, as the entry has them. */
export function refundCard(refund: Refund, context: CardContext): ChatReceipt {
  return {
    kind: "refund",
    ...heading(refund, context),
    originalReceiptCode: refund.originalReceiptCode,
    tenders: payoutsOf(refund).map((payout) =>
      payout.kind === "wallet"
        ? { kind: "wallet", amountMinor: payout.amountMinor, number: payout.number }
        : { kind: "cash", amountMinor: payout.amountMinor, ...rounding(payout.roundingMinor) },
    ),
  };
}

function heading(body: Sale | Refund, { entry, fields, store, taxClasses }: CardContext) {
  return {
    saleId: body.saleId,
    receiptCode: body.receiptCode,
    store,
    time: fields.time,
    zone: fields.zone,
    currency: body.currency,
    lines: body.lines.map(lineOf),
    taxes: body.taxes.map((tax) => taxOf(tax, body.priceIncludesTax, taxClasses)),
    ...(body.depositMinor === undefined ? {} : { depositMinor: body.depositMinor }),
    totalMinor: body.totalMinor,
    returnCode: encodeReceiptCode(entry),
  };
}

function lineOf(line: RefundLine): ChatReceipt["lines"][number] {
  const { discounts = [], givenBackMinor = 0 } = line;
  return {
    name: line.name,
    ...(line.quantity === undefined ? {} : { quantity: line.quantity }),
    ...(line.weightGrams === undefined ? {} : { weightGrams: line.weightGrams }),
    unitPriceMinor: line.unitPriceMinor,
    grossMinor: discounts.reduce((sum, discount) => sum + discount.amountMinor, line.totalMinor) + givenBackMinor,
    discounts,
    ...(givenBackMinor === 0 ? {} : { givenBackMinor }),
    ...(line.deposit === undefined ? {} : { depositMinor: line.deposit.totalMinor }),
  };
}

function taxOf(
  tax: SaleTax,
  priceIncludesTax: boolean,
  taxClasses: CardContext["taxClasses"],
): ChatReceipt["taxes"][number] {
  const percent = tax.ratePartsPerMillion / partsPerPercent;
  return {
    name: taxClasses.get(tax.taxClass)?.name ?? { en: `${percent} %`, "zh-CN": `${percent}%` },
    ratePartsPerMillion: tax.ratePartsPerMillion,
    included: tax.included ?? priceIncludesTax,
    grossMinor: tax.grossMinor,
    taxMinor: tax.taxMinor,
  };
}

function rounding(roundingMinor: number): { roundingMinor?: number } {
  return roundingMinor === 0 ? {} : { roundingMinor };
}
