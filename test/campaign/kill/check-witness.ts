import type { Finding, JournalBook } from "./journal-book.ts";
import type { Seen } from "./witness.ts";

/**
 * Holds what was seen during one run of a till against its journal after that run: everything that was acknowledged, printed
 * or taken by the platform is in it, and nothing is in it that nobody asked for.
 * @param from The number of entries that the journal had when the run began.
 */
export function checkRun(seen: readonly Seen[], run: readonly Seen[], book: JournalBook, from: number): Finding[] {
  return [
    ...run.flatMap((each) => missing(each, book)),
    ...pulsesWithoutEntry(run, book, from),
    ...unasked(seen, book, from),
  ];
}

/** What of this is not in the journal, or otherwise than it was seen. */
function missing(seen: Seen, book: JournalBook): Finding[] {
  switch (seen.what) {
    case "settled":
      return missingSale(seen, book);
    case "money":
      return otherMoney(seen, book);
    case "shift-closed":
      return missingShift(seen, book);
    case "printed":
      return isAt(book, seen.seq, seen.hashStart) ? [] : [lost(`Entry ${seen.seq}, whose receipt was printed`)];
    case "taken":
      return isAt(book, seen.head.seq, seen.head.hash) ? [] : [lost(`Entry ${seen.head.seq}, which the platform has`)];
    case "backup":
      return isAt(book, seen.head.seq, seen.head.hash) ? [] : [lost(`Entry ${seen.head.seq}, which a copy has`)];
    default:
      return [];
  }
}

function missingSale(seen: Extract<Seen, { what: "settled" }>, book: JournalBook): Finding[] {
  const settled = book.byReceipt.get(seen.receiptCode);
  if (settled === undefined) return [lost(`Receipt ${seen.receiptCode}, which was shown as stored,`)];
  const id = settled.kind === "sale" ? settled.body.saleId : settled.body.refundId;
  const isSame = settled.kind === seen.kind && id === seen.saleId && settled.body.totalMinor === seen.totalMinor;
  return isSame ? [] : [{ kind: "wrong", words: `Receipt ${seen.receiptCode} was shown otherwise than it is stored` }];
}

function otherMoney(seen: Extract<Seen, { what: "money" }>, book: JournalBook): Finding[] {
  const settled = book.byReceipt.get(seen.receiptCode);
  if (settled === undefined || settled.body.saleId !== seen.saleId) {
    return [lost(`Receipt ${seen.receiptCode}, for which money went over the counter,`)];
  }
  const outMinor =
    settled.kind === "refund"
      ? settled.body.paidOutMinor
      : settled.body.tenders.reduce((sum, tender) => sum + (tender.kind === "cash" ? tender.changeMinor : 0), 0);
  if (outMinor === seen.outMinor) return [];
  const words = `Receipt ${seen.receiptCode}: ${seen.outMinor} were handed out, the journal says ${outMinor}`;
  return [{ kind: "wrong", words }];
}

function missingShift(seen: Extract<Seen, { what: "shift-closed" }>, book: JournalBook): Finding[] {
  const closed = book.all("shift.closed").filter(({ body }) => body.shift === seen.shift);
  if (closed.length > 1) return [{ kind: "doubled", words: `Shift ${seen.shift} is closed ${closed.length} times` }];
  const [entry] = closed;
  if (entry === undefined) return [lost(`The Z report of shift ${seen.shift}`)];
  const { sales, salesMinor, expectedCashMinor, differenceMinor } = entry.body;
  const isSame =
    sales === seen.sales &&
    salesMinor === seen.salesMinor &&
    expectedCashMinor === seen.expectedMinor &&
    differenceMinor === seen.differenceMinor;
  return isSame ? [] : [{ kind: "wrong", words: `The Z report of shift ${seen.shift} was told otherwise` }];
}

/** A drawer that opened and no entry says so: it opened before its sale was stored, or twice. */
function pulsesWithoutEntry(run: readonly Seen[], book: JournalBook, from: number): Finding[] {
  const pulses = run.filter(({ what }) => what === "pulsed").length;
  const entries = book.entries.slice(from).filter(({ type }) => type === "drawer.opened").length;
  if (pulses <= entries) return [];
  return [{ kind: "unseen", words: `The drawer opened ${pulses} times, the journal knows of ${entries}` }];
}

/** Sales, refunds and Z reports among the newest entries that nobody asked for. */
function unasked(seen: readonly Seen[], book: JournalBook, from: number): Finding[] {
  const asked = (what: "pay" | "give-back") =>
    new Set(seen.flatMap((each) => (each.what === what ? [each.saleId] : [])));
  const toPay = asked("pay");
  const toGiveBack = asked("give-back");
  const findings: Finding[] = [];
  for (const entry of book.entries.slice(from)) {
    if (entry.type === "sale.settled" && !toPay.has(entry.body.saleId)) findings.push(unseen(entry.seq, "a sale"));
    if (entry.type === "refund.settled" && !toGiveBack.has(entry.body.saleId))
      findings.push(unseen(entry.seq, "a refund"));
  }
  const closed = book.entries.slice(from).filter(({ type }) => type === "shift.closed");
  const wanted = seen.filter(({ what }) => what === "close-shift").length;
  if (closed.length > wanted) findings.push(unseen(closed[0]?.seq ?? 0, "a Z report"));
  return findings;
}

/** Receipts that came out of the printer twice without the second one saying that it is a copy. */
export function printedTwice(seen: readonly Seen[]): Finding[] {
  const firsts = seen.flatMap((each) => (each.what === "printed" && !each.copy ? [each.seq] : []));
  const twice = firsts.filter((seq, index) => firsts.indexOf(seq) !== index);
  return twice.map((seq) => ({ kind: "doubled", words: `The receipt of entry ${seq} was printed twice` }));
}

function isAt(book: JournalBook, seq: number, hashStart: string): boolean {
  return book.hashes[seq - 1]?.startsWith(hashStart) === true;
}

function lost(what: string): Finding {
  return { kind: "lost", words: `${what} is not in the journal` };
}

function unseen(seq: number, what: string): Finding {
  return { kind: "unseen", words: `Entry ${seq} is ${what} that nobody asked for` };
}
