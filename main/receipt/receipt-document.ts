import type { ReceiptBlock, ReceiptDocument } from "../../devices/printer/document.ts";
import type { EntryBody, Names, RefundLine, SaleLine, SaleTax, Tender } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import { encodeReceiptCode } from "../../sync/protocol/receipt-code.ts";
import type { Settled } from "../checkout/settled.ts";
import type { Locale } from "../contract/snapshot.ts";
import { shownNumber } from "../payment/shown-number.ts";
import { moneyText, plainAmount } from "../money-text.ts";
import { amount, lineBlocks, type LineStyle } from "./receipt-lines.ts";
import { receiptSentences } from "./receipt-sentences.ts";

/** A settled sale or refund with what a receipt says around it. */
export type ReceiptSource = {
  settled: Settled;
  store: { name: Names; address: Names };
  /** Who sold; nobody at a kiosk. */
  cashier?: Names;
  tillNumber: number;
  taxNames: ReadonlyMap<string, Names>;
  /** 1 for the receipt itself; a reprint says that it is a copy. */
  copy: number;
};

/**
 * What is printed for a settled sale or refund, in one language, from the journal and the note beside it: the same entry
 * gives the same receipt today and in ten years. It carries the place in the ledger, so that paper and record can be held
 * against each other, and ends with a code by which a till finds the sale again.
 */
export function receiptDocument(source: ReceiptSource, locale: Locale): ReceiptDocument {
  const { settled } = source;
  const { body } = settled;
  const sentences = receiptSentences(locale);
  const style: LineStyle = { locale, currency: body.currency, sentences, sign: settled.kind === "sale" ? 1 : -1 };
  return [
    ...heading(source, style),
    { kind: "rule" },
    ...goodsBlocks(body.lines, style),
    { kind: "rule" },
    {
      kind: "columns",
      left: sentences("receipt.total"),
      right: moneyText(style.sign * body.totalMinor, body.currency),
      bold: true,
      size: "double",
    },
    ...(body.lines.length === 0
      ? []
      : [{ kind: "text", text: sentences("receipt.items", { count: pieces(body.lines) }) } as const]),
    ...savedBlocks(body.lines, style),
    ...(settled.kind === "sale"
      ? settled.body.tenders.flatMap((tender) => tenderBlocks(tender, style))
      : paidOutBlocks(settled.body, style)),
    ...(body.taxes.length === 0 ? [] : [{ kind: "rule" } as const]),
    ...body.taxes.map((tax) => taxBlock(tax, source, style)),
    ...remarks(settled, style),
    { kind: "rule" },
    ...ending(settled, style),
    { kind: "cut" },
  ];
}

/** The lines; a refund of money alone says that no goods came back. */
function goodsBlocks(lines: readonly RefundLine[], style: LineStyle): ReceiptBlock[] {
  if (lines.length === 0) return [{ kind: "text", text: style.sentences("receipt.money-alone") }];
  return lines.flatMap((line) => lineBlocks(line, style));
}

function heading(source: ReceiptSource, { locale, sentences }: LineStyle): ReceiptBlock[] {
  const { settled, store, cashier, tillNumber: till } = source;
  const [day = "", clock = ""] = settled.time.split("T");
  const blocks: ReceiptBlock[] = [
    { kind: "text", text: store.name[locale], align: "center", bold: true, size: "double" },
    { kind: "text", text: store.address[locale], align: "center" },
    {
      kind: "text",
      text:
        cashier === undefined
          ? sentences("receipt.kiosk", { till })
          : sentences("receipt.till", { till, cashier: cashier[locale] }),
      align: "center",
    },
    {
      kind: "columns",
      left: `${day} ${clock.slice(0, 8)}`,
      right: sentences("receipt.number", { receipt: settled.body.receiptCode }),
    },
  ];
  if (settled.kind === "refund") {
    const { originalReceiptCode: receipt, reason } = settled.body;
    blocks.push(shout(sentences("receipt.refund")));
    blocks.push({ kind: "text", text: sentences("receipt.refund-of", { receipt }), align: "center" });
    blocks.push({ kind: "text", text: sentences(`receipt.reason-${reason}`), align: "center" });
  }
  if (source.copy > 1) blocks.push(shout(sentences("receipt.copy", { copy: source.copy })));
  return blocks;
}

function shout(text: string): ReceiptBlock {
  return { kind: "text", text, align: "center", bold: true, size: "wide" };
}

function savedBlocks(lines: readonly SaleLine[], { currency, sentences }: LineStyle): ReceiptBlock[] {
  const discounts = lines.flatMap((line) => line.discounts ?? []);
  if (discounts.length === 0) return [];
  const savedMinor = addMinor(...discounts.map(({ amountMinor }) => amountMinor));
  return [{ kind: "text", text: sentences("receipt.saved", { amount: plainAmount(savedMinor, currency) }) }];
}

const walletWords = {
  wallet: "receipt.wallet",
  "wechat-pay": "receipt.wallet-wechat-pay",
  alipay: "receipt.wallet-alipay",
} as const;

function tenderBlocks(tender: Tender, style: LineStyle): ReceiptBlock[] {
  const { sentences } = style;
  if (tender.kind === "wallet") {
    const number = shownNumber(tender.number);
    return [
      {
        kind: "columns",
        left: sentences(walletWords[tender.rail ?? "wallet"]),
        right: amount(tender.amountMinor, style),
      },
      { kind: "text", text: sentences("receipt.payment-number", { number }) },
    ];
  }
  const blocks = roundingBlocks(tender.roundingMinor, style);
  const dueMinor = tender.amountMinor + tender.roundingMinor;
  blocks.push({ kind: "columns", left: sentences("receipt.cash"), right: amount(dueMinor, style) });
  if (tender.changeMinor > 0) {
    blocks.push({ kind: "columns", left: sentences("receipt.tendered"), right: amount(tender.tenderedMinor, style) });
    blocks.push({
      kind: "columns",
      left: sentences("receipt.change"),
      right: amount(tender.changeMinor, style),
      bold: true,
    });
  }
  return blocks;
}

/** Where the money of a refund went. What goes to a wallet is there when the platform says so, which paper cannot. */
function paidOutBlocks(refund: EntryBody<"refund.settled">, style: LineStyle): ReceiptBlock[] {
  const { sentences } = style;
  const { payouts } = refund;
  const wallets = (payouts ?? []).filter((payout) => payout.kind === "wallet");
  const hasCash = payouts === undefined || wallets.length < payouts.length || wallets.length === 0;
  return [
    ...wallets.flatMap(({ amountMinor, number }): ReceiptBlock[] => [
      {
        kind: "columns",
        left: sentences("receipt.back-to-wallet"),
        right: plainAmount(amountMinor, refund.currency),
        bold: true,
      },
      { kind: "text", text: sentences("receipt.payment-number", { number: shownNumber(number) }) },
    ]),
    ...(wallets.length === 0 ? [] : [{ kind: "text", text: sentences("receipt.back-when-confirmed") } as const]),
    ...(hasCash ? cashOutBlocks(refund, style) : []),
  ];
}

function cashOutBlocks({ roundingMinor, paidOutMinor, currency }: EntryBody<"refund.settled">, style: LineStyle) {
  const left = style.sentences("receipt.paid-out");
  return [
    ...roundingBlocks(roundingMinor, style),
    { kind: "columns", left, right: plainAmount(paidOutMinor, currency), bold: true } as const,
  ];
}

function roundingBlocks(roundingMinor: number, style: LineStyle): ReceiptBlock[] {
  if (roundingMinor === 0) return [];
  return [{ kind: "columns", left: style.sentences("receipt.rounding"), right: amount(roundingMinor, style) }];
}

function taxBlock(tax: SaleTax, source: ReceiptSource, style: LineStyle): ReceiptBlock {
  const name = source.taxNames.get(tax.taxClass)?.[style.locale] ?? `${tax.ratePartsPerMillion / 10_000} %`;
  const word = (tax.included ?? source.settled.body.priceIncludesTax) ? "receipt.tax-included" : "receipt.tax";
  const left = style.sentences(word, { tax: name, gross: amount(tax.grossMinor, style) });
  return { kind: "columns", left, right: amount(tax.taxMinor, style) };
}

function remarks({ kind, body, note }: Settled, { sentences }: LineStyle): ReceiptBlock[] {
  const texts: string[] = [];
  if (kind === "sale" && body.ageCheck !== undefined) {
    texts.push(sentences("receipt.age", { years: body.ageCheck.minimum }));
  }
  if (note !== undefined) texts.push(sentences("receipt.note", { note }));
  return texts.map((text) => ({ kind: "text", text }));
}

function ending(settled: Settled, { sentences }: LineStyle): ReceiptBlock[] {
  const { seq, hash } = settled;
  const last = settled.kind === "sale" ? [sentences("receipt.keep"), sentences("receipt.thanks")] : [];
  return [
    { kind: "text", text: sentences("receipt.ledger", { seq, hash: hash.slice(0, 12) }), align: "center" },
    ...last.map((text): ReceiptBlock => ({ kind: "text", text, align: "center" })),
    { kind: "qr", data: encodeReceiptCode(settled) },
  ];
}

function pieces(lines: readonly SaleLine[]): number {
  return lines.reduce((count, line) => count + (line.quantity ?? 1), 0);
}
