import { createIntl } from "@formatjs/intl";
import type { ReceiptBlock, ReceiptDocument } from "../../devices/printer/document.ts";
import type { EntryBody, Names, SaleLine, SaleTax, Tender } from "../../sync/protocol/entry-types.ts";
import { minorDigits, type Currency } from "../../sync/protocol/money.ts";
import type { Locale } from "../contract/snapshot.ts";
import { receiptWords, type ReceiptWord } from "../contract/words/receipt-words.ts";

/** A settled sale with what a receipt says around it. */
export type ReceiptSource = {
  sale: EntryBody<"sale.settled">;
  /** When it was settled, as the entry has it, with its offset. */
  time: string;
  ledger: { seq: number; hash: string };
  store: { name: Names; address: Names };
  cashier: Names;
  tillNumber: number;
  taxNames: ReadonlyMap<string, Names>;
  /** 1 for the receipt itself; a reprint says that it is a copy. */
  copy: number;
};

type Words = (word: ReceiptWord, values?: Record<string, string | number>) => string;

/**
 * What is printed for a settled sale, in one language, from the journal alone: the same entry gives the same receipt
 * today and in ten years. It carries the place in the ledger, so that paper and record can be held against each other.
 */
export function receiptDocument(source: ReceiptSource, locale: Locale): ReceiptDocument {
  const words = wordsIn(locale);
  const { sale } = source;
  const currency = sale.currency;
  return [
    ...heading(source, locale, words),
    { kind: "rule" },
    ...sale.lines.flatMap((line) => lineBlocks(line, locale, currency, words)),
    { kind: "rule" },
    {
      kind: "columns",
      left: words("receipt.total"),
      right: money(sale.totalMinor, currency),
      bold: true,
      size: "double",
    },
    { kind: "text", text: words("receipt.items", { count: pieces(sale.lines) }) },
    ...sale.tenders.flatMap((tender) => tenderBlocks(tender, currency, words)),
    ...(sale.taxes.length === 0 ? [] : [{ kind: "rule" } as const]),
    ...sale.taxes.map((tax) => taxBlock(tax, source, locale, words)),
    { kind: "rule" },
    {
      kind: "text",
      text: words("receipt.ledger", { seq: source.ledger.seq, hash: source.ledger.hash.slice(0, 12) }),
      align: "center",
    },
    { kind: "text", text: words("receipt.keep"), align: "center" },
    { kind: "text", text: words("receipt.thanks"), align: "center" },
    { kind: "cut" },
  ];
}

function heading(source: ReceiptSource, locale: Locale, words: Words): ReceiptBlock[] {
  const { sale, store } = source;
  const [day = "", clock = ""] = source.time.split("T");
  const blocks: ReceiptBlock[] = [
    { kind: "text", text: store.name[locale], align: "center", bold: true, size: "double" },
    { kind: "text", text: store.address[locale], align: "center" },
    {
      kind: "text",
      text: words("receipt.till", { till: source.tillNumber, cashier: source.cashier[locale] }),
      align: "center",
    },
    {
      kind: "columns",
      left: `${day} ${clock.slice(0, 8)}`,
      right: words("receipt.number", { receipt: sale.receiptCode }),
    },
  ];
  if (source.copy > 1) {
    blocks.push({
      kind: "text",
      text: words("receipt.copy", { copy: source.copy }),
      align: "center",
      bold: true,
      size: "wide",
    });
  }
  return blocks;
}

function lineBlocks(line: SaleLine, locale: Locale, currency: Currency, words: Words): ReceiptBlock[] {
  const price = plain(line.unitPriceMinor, currency);
  const total = plain(line.totalMinor, currency);
  const blocks: ReceiptBlock[] = [{ kind: "columns", left: line.name[locale], right: total }];
  if (line.weightGrams !== undefined) {
    const kilograms = (line.weightGrams / 1000).toFixed(3);
    blocks.push({ kind: "text", text: `  ${words("receipt.weighed", { kilograms, price })}` });
  } else if ((line.quantity ?? 1) > 1) {
    blocks.push({ kind: "text", text: `  ${words("receipt.pieces", { quantity: line.quantity ?? 1, price })}` });
  }
  return blocks;
}

function tenderBlocks(tender: Tender, currency: Currency, words: Words): ReceiptBlock[] {
  if (tender.kind === "wallet") {
    const number = `${tender.number.slice(0, 4)} ${tender.number.slice(4)}`;
    return [
      { kind: "columns", left: words("receipt.wallet"), right: plain(tender.amountMinor, currency) },
      { kind: "text", text: words("receipt.payment-number", { number }) },
    ];
  }
  const blocks: ReceiptBlock[] = [];
  if (tender.roundingMinor !== 0) {
    blocks.push({ kind: "columns", left: words("receipt.rounding"), right: plain(tender.roundingMinor, currency) });
  }
  const dueMinor = tender.amountMinor + tender.roundingMinor;
  blocks.push({ kind: "columns", left: words("receipt.cash"), right: plain(dueMinor, currency) });
  if (tender.changeMinor > 0) {
    blocks.push({ kind: "columns", left: words("receipt.tendered"), right: plain(tender.tenderedMinor, currency) });
    blocks.push({
      kind: "columns",
      left: words("receipt.change"),
      right: plain(tender.changeMinor, currency),
      bold: true,
    });
  }
  return blocks;
}

function taxBlock(tax: SaleTax, source: ReceiptSource, locale: Locale, words: Words): ReceiptBlock {
  const name = source.taxNames.get(tax.taxClass)?.[locale] ?? `${tax.ratePartsPerMillion / 10_000} %`;
  const word = source.sale.priceIncludesTax ? "receipt.tax-included" : "receipt.tax";
  const left = words(word, { tax: name, gross: plain(tax.grossMinor, source.sale.currency) });
  return { kind: "columns", left, right: plain(tax.taxMinor, source.sale.currency) };
}

function pieces(lines: readonly SaleLine[]): number {
  return lines.reduce((count, line) => count + (line.quantity ?? 1), 0);
}

function wordsIn(locale: Locale): Words {
  const intl = createIntl({
    locale,
    messages: receiptWords[locale],
    onError: (error) => {
      throw error;
    },
  });
  return (word, values) => intl.formatMessage({ id: word }, values);
}

/** Currency signs as a receipt printer has them. A currency without one stands with its ISO code. */
const signs: Partial<Record<Currency, string>> = { CNY: "¥", JPY: "¥", EUR: "€", GBP: "£", USD: "$", HKD: "HK$" };

function money(amountMinor: number, currency: Currency): string {
  const sign = signs[currency] ?? `${currency} `;
  return amountMinor < 0 ? `-${sign}${plain(-amountMinor, currency)}` : `${sign}${plain(amountMinor, currency)}`;
}

/** An amount without its currency, for columns that add up. The hyphen is the minus every printer has. */
function plain(amountMinor: number, currency: Currency): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const amount = digits === 0 ? whole : `${whole}.${text.slice(-digits)}`;
  return amountMinor < 0 ? `-${amount}` : amount;
}
