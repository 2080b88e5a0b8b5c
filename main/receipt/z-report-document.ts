import type { ReceiptBlock, ReceiptDocument } from "../../devices/printer/document.ts";
import type { Names } from "../../sync/protocol/entry-types.ts";
import type { Locale } from "../contract/snapshot.ts";
import type { ZReport } from "../contract/z-report.ts";
import { moneyText, plainAmount } from "../money-text.ts";
import { receiptSentences, type ReceiptSentences } from "./receipt-sentences.ts";

/** A Z report with what its paper says around it. */
export type ZReportSource = {
  report: ZReport;
  store: { name: Names; address: Names };
  tillNumber: number;
  /** 1 for the report itself; a reprint says that it is a copy. */
  copy: number;
};

/** How the amounts and words of the paper are written. */
type Style = { locale: Locale; sentences: ReceiptSentences; plain(amountMinor: number): string };

/** The code by which entries about the paper of a Z report name it, as those of a receipt name its code. */
export function zReportCode(zNumber: number): string {
  return `Z-${zNumber}`;
}

/**
 * A Z report on the strip of the receipt printer, in one language: the same report gives the same paper whenever it is
 * printed. It carries the place in the ledger, so that paper and record can be held against each other.
 */
export function zReportDocument(source: ZReportSource, locale: Locale): ReceiptDocument {
  const { report } = source;
  const style: Style = {
    locale,
    sentences: receiptSentences(locale),
    plain: (amountMinor) => plainAmount(amountMinor, report.currency),
  };
  return [
    ...heading(source, style),
    ...group(sums(report, style)),
    ...group(taxes(report, style)),
    ...group(tenders(report, style)),
    ...group(drawer(report, style)),
    ...group(rest(report, style)),
    ...group(perpetual(report, style)),
    ...group(remarks(report, style)),
    { kind: "rule" },
    {
      kind: "text",
      text: style.sentences("receipt.ledger", { seq: report.seq, hash: report.hash.slice(0, 12) }),
      align: "center",
    },
    { kind: "cut" },
  ];
}

/** Lines under a rule; nothing where there are none. */
function group(lines: readonly ReceiptBlock[]): ReceiptBlock[] {
  return lines.length === 0 ? [] : [{ kind: "rule" }, ...lines];
}

function row(left: string, right: string | number, bold = false): ReceiptBlock {
  return { kind: "columns", left, right: String(right), ...(bold ? { bold } : {}) };
}

function title(text: string): ReceiptBlock {
  return { kind: "text", text, bold: true };
}

/** A time as the shop's clock showed it, to the second. */
function wallTime(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)}`;
}

function heading(
  { report, store, tillNumber: till, copy }: ZReportSource,
  { locale, sentences }: Style,
): ReceiptBlock[] {
  const {
    number,
    businessDay: day,
    openedAt,
    openedBy,
    closedAt,
    closedBy,
    firstReceipt: from,
    lastReceipt: to,
  } = report;
  const shout = (text: string): ReceiptBlock => ({ kind: "text", text, align: "center", bold: true, size: "wide" });
  const by = (name: Names | undefined): ReceiptBlock[] =>
    name === undefined ? [] : [{ kind: "text", text: name[locale], align: "right" }];
  return [
    { kind: "text", text: store.name[locale], align: "center", bold: true, size: "double" },
    { kind: "text", text: store.address[locale], align: "center" },
    shout(sentences("receipt.z", { number })),
    ...(copy > 1 ? [shout(sentences("receipt.copy", { copy }))] : []),
    { kind: "text", text: sentences("receipt.z-till", { till, day }), align: "center" },
    row(sentences("receipt.z-opened"), wallTime(openedAt)),
    ...by(openedBy),
    row(sentences("receipt.z-closed"), wallTime(closedAt)),
    ...by(closedBy),
    ...(from === undefined || to === undefined
      ? []
      : [row(sentences("receipt.z-receipts"), sentences("receipt.z-range", { from, to }))]),
  ];
}

function sums({ sales, salesMinor, refunds, refundsMinor, netMinor, currency }: ZReport, style: Style): ReceiptBlock[] {
  const { sentences, plain } = style;
  return [
    row(sentences("receipt.z-sales", { count: sales }), plain(salesMinor)),
    row(sentences("receipt.z-refunds", { count: refunds }), plain(-refundsMinor)),
    {
      kind: "columns",
      left: sentences("receipt.z-net"),
      right: moneyText(netMinor, currency),
      bold: true,
      size: "double",
    },
  ];
}

function taxes({ taxes: all }: ZReport, { locale, sentences, plain }: Style): ReceiptBlock[] {
  if (all.length === 0) return [];
  const lines = all.map(({ name, grossMinor, taxMinor }) =>
    row(sentences("receipt.z-tax", { tax: name[locale], gross: plain(grossMinor) }), plain(taxMinor)),
  );
  return [title(sentences("receipt.z-taxes")), ...lines];
}

function tenders({ tenders: all, payouts, commission }: ZReport, { sentences, plain }: Style): ReceiptBlock[] {
  const kept = commission.map(({ paidMinor, commissionMinor }) =>
    row(sentences("receipt.z-commission", { paid: plain(paidMinor) }), plain(commissionMinor)),
  );
  const words = { cash: "receipt.z-cash", wallet: "receipt.z-wallet" } as const;
  const lines = all.map(({ kind, count, amountMinor }) => row(sentences(words[kind], { count }), plain(amountMinor)));
  const back = payouts.map(({ kind, count, amountMinor }) =>
    row(sentences(words[kind], { count }), plain(-amountMinor)),
  );
  return [
    ...(lines.length === 0 ? [] : [title(sentences("receipt.z-tenders")), ...lines]),
    ...(back.length === 0 ? [] : [title(sentences("receipt.z-payouts")), ...back]),
    ...kept,
  ];
}

function drawer({ drawer: all }: ZReport, { sentences, plain }: Style): ReceiptBlock[] {
  return [
    title(sentences("receipt.z-drawer")),
    row(sentences("receipt.z-float"), plain(all.floatMinor)),
    row(sentences("receipt.z-in"), plain(all.inMinor)),
    row(sentences("receipt.z-out"), plain(-all.outMinor)),
    row(sentences("receipt.z-expected"), plain(all.expectedMinor)),
    row(sentences("receipt.z-counted"), plain(all.countedMinor), true),
    row(sentences("receipt.z-difference"), plain(all.differenceMinor), true),
  ];
}

function rest(report: ZReport, { sentences, plain }: Style): ReceiptBlock[] {
  return [
    row(sentences("receipt.z-discounts"), plain(report.discountsMinor)),
    row(sentences("receipt.z-deposits"), plain(report.depositsMinor)),
    row(sentences("receipt.z-rounding"), plain(report.roundingMinor)),
    row(sentences("receipt.z-abandoned", { count: report.abandoned }), plain(report.abandonedMinor)),
    row(sentences("receipt.z-price-changes"), report.priceChanges),
    row(sentences("receipt.z-age-checks"), report.ageChecks),
    row(sentences("receipt.z-openings"), report.drawerOpenings),
  ];
}

function perpetual({ perpetual: all }: ZReport, { sentences, plain }: Style): ReceiptBlock[] {
  if (all === undefined) return [];
  return [
    title(sentences("receipt.z-perpetual")),
    row(sentences("receipt.z-sales", { count: all.sales }), plain(all.salesMinor)),
    row(sentences("receipt.z-refunds", { count: all.refunds }), plain(-all.refundsMinor)),
  ];
}

function remarks({ unread, differs }: ZReport, { sentences }: Style): ReceiptBlock[] {
  const texts = [
    ...(unread === undefined ? [] : [sentences("receipt.z-unread", { count: unread })]),
    ...(differs === undefined ? [] : [sentences("receipt.z-differs")]),
  ];
  return texts.map((text) => ({ kind: "text", text }));
}
