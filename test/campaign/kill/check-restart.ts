import type { Finding, JournalBook } from "./journal-book.ts";
import type { View } from "./wire.ts";
import type { OpenCall } from "./window.ts";

/** What the window showed last before the till died, and what was under way at it. */
export type LastView = { view: View; openCalls: readonly OpenCall[] };

/**
 * Holds what a till shows after its start against what was shown before it died. Where nothing was under way it has to be the
 * same; where something was, that one thing may have happened or not, and nothing else. `now` is what is shown once a refund
 * is cleared from view, behind which the open basket stands.
 */
export function checkRestart(
  { view: before, openCalls }: LastView,
  first: View,
  now: View,
  book: JournalBook,
): Finding[] {
  const findings = parkedAreThere(before, first, openCalls, book);
  const isQuiet = openCalls.length === 0 && before.payment === undefined;
  if (isQuiet) return [...findings, ...sameSale(before, first)];
  // The goods of a settled sale that is in view are nobody's open basket.
  if (before.outcome !== undefined || before.basket.lines.length === 0) return findings;
  const { saleId } = before.basket;
  if (now.outcome?.saleId === saleId || now.basket.saleId !== saleId) {
    return [
      ...findings,
      ...(isAccountedFor(saleId, now, book) ? [] : [lost(`The open basket of sale ${saleId} is gone`)]),
    ];
  }
  const changes = openCalls.some(({ method }) => method.startsWith("basket.") && method !== "basket.scan");
  const isSame = JSON.stringify(before.basket.lines) === JSON.stringify(now.basket.lines);
  return changes || isSame ? findings : [...findings, lost(`The lines of sale ${saleId} are others than were shown`)];
}

function sameSale(before: View, now: View): Finding[] {
  const of = ({ basket, outcome }: View) => ({
    basket,
    outcome: outcome === undefined ? null : [outcome.kind, outcome.saleId, outcome.receiptCode, outcome.totalMinor],
  });
  if (JSON.stringify(of(before)) === JSON.stringify(of(now))) return [];
  const words = `${before.basket.lines.length} lines of ${before.basket.totalMinor}, outcome ${before.outcome?.receiptCode}`;
  const nowWords = `${now.basket.lines.length} lines of ${now.basket.totalMinor}, outcome ${now.outcome?.receiptCode}`;
  return [lost(`The window showed ${words} before the till died, and ${nowWords} after`)];
}

/** One that was set aside with its payment is settled by itself when that is paid. */
function parkedAreThere(before: View, now: View, openCalls: readonly OpenCall[], book: JournalBook): Finding[] {
  const resumed = openCalls.flatMap(({ method, input }) =>
    method === "sale.resume" ? [(input as { saleId: string }).saleId] : [],
  );
  const there = new Set([...now.parked.map(({ saleId }) => saleId), ...resumed]);
  return before.parked
    .filter(({ saleId }) => !there.has(saleId) && !book.sales.has(saleId))
    .map(({ saleId }) => lost(`The parked sale ${saleId} is gone`));
}

/** A basket ends as a sale, set aside, or given up. */
function isAccountedFor(saleId: string, now: View, book: JournalBook): boolean {
  return (
    book.sales.has(saleId) ||
    now.parked.some((parked) => parked.saleId === saleId) ||
    book.all("sale.abandoned").some(({ body }) => body.saleId === saleId)
  );
}

function lost(words: string): Finding {
  return { kind: "lost", words };
}
