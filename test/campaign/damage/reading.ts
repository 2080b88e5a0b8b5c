import { join } from "node:path";
import { readKnownEntry } from "../../../main/ledger/entries.ts";
import { openRequestKey } from "../../../main/ledger/keys.ts";
import { openLedger, type Ledger } from "../../../main/ledger/open.ts";
import { handClock, ledgerOptions, seededIds } from "../../main/ledger/support.ts";

/** Everything that a till reads of its folder, each by a name of its own. */
export type Reading = {
  /** What is made from the journal, and the journal itself. */
  facts: ReadonlyMap<string, string>;
  /** What the stores of working state say. */
  work: ReadonlyMap<string, string>;
  /** What the till told in the journal while it was opened and read. */
  told: readonly string[];
};

/** What a reading asks for: every id and number that the whole journal names. */
export type Known = { headSeq: number; ids: readonly string[]; days: readonly string[]; settings: readonly string[] };

/** What a ledger knows, from its own entries and its whole tables. */
export function knownIn(folder: string): Known {
  const ledger = open(folder);
  try {
    const entries = entriesOf(ledger);
    const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
    const jobs = jobStates.flatMap((state) => ledger.printJobs.jobsIn(state, 100)).map(({ jobId }) => jobId);
    return {
      headSeq: ledger.head().seq,
      ids: [...new Set([...entries.flatMap(({ text }) => text.match(uuid) ?? []), ...jobs])],
      days: [...new Set(entries.map(({ text }) => readKnownEntry(text)?.businessDay ?? ""))],
      settings: ["locale", "shop.changed", "answers.cursor", "software.version"],
    };
  } finally {
    ledger.close();
  }
}

const jobStates = ["waiting", "sending", "printed", "probably", "unknown", "failed"] as const;

function open(folder: string): Ledger {
  const clock = handClock(Date.UTC(2026, 11, 1));
  const ids = seededIds("reading", clock);
  return openLedger(ledgerOptions(folder, { clock, ids, report: () => {} }));
}

function entriesOf(ledger: Ledger) {
  return ledger.entriesAfter(0, { maximumCount: 100_000, maximumBytes: Number.MAX_SAFE_INTEGER });
}

/**
 * Opens the ledger as a till does, reads everything, lets the checks in the background come to their end, and closes it.
 * @throws Whatever opening and reading throw.
 */
export function readTill(folder: string, known: Known): Reading {
  const ledger = open(folder);
  try {
    const requestKeyId = ledger.enrolment()?.requestKeyId;
    openRequestKey(join(folder, "keys"), requestKeyId);
    const facts = readFacts(ledger, known);
    const work = readWork(ledger, known);
    while (!ledger.verifyOn(1000));
    for (const _ of ledger.checkRows());
    // What was found is told with the next entries, if there are none with nothing.
    ledger.append([]);
    const told = entriesOf(ledger).filter(({ seq, type }) => seq > known.headSeq && type === "incident");
    return { facts, work, told: told.map(({ text }) => JSON.stringify((JSON.parse(text) as { body: unknown }).body)) };
  } finally {
    ledger.close();
  }
}

type Put = (name: string, value: unknown) => void;

function readFacts(ledger: Ledger, known: Known): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  const put: Put = (name, value) => void facts.set(name, JSON.stringify(value) ?? "");
  put("identity", ledger.identity);
  put("receipt", ledger.nextReceiptNumber());
  for (const line of ledger.exportLines()) {
    const { seq } = JSON.parse(line) as { seq: number };
    if (seq <= known.headSeq) put(`export ${seq}`, line);
  }
  for (let seq = 1; seq <= known.headSeq; seq += 1) put(`entry ${seq}`, ledger.entry(seq));
  put("balances", ledger.balances());
  put("shift", ledger.openShift());
  put("enrolment", [ledger.enrolment(), ledger.lastEnrolment()]);
  put(
    "incidents",
    ledger.incidents(1000).filter(({ seq }) => seq <= known.headSeq),
  );
  readSales(ledger, known, put);
  for (const id of known.ids) {
    put(`entry ${id}`, ledger.entryById(id));
    put(`sale ${id}`, [ledger.sale(id), ledger.refundsOf(id), ledger.prints(id)]);
    put(`payment ${id}`, [ledger.payment(id), ledger.paymentsOfSale(id), ledger.bookedOfPayment(id)]);
  }
  put("open payments", ledger.openPayments());
  return facts;
}

function readSales(ledger: Ledger, { headSeq, days }: Known, put: Put): void {
  put("recent", ledger.recentSales(1000));
  put("after", ledger.salesAfter(0, 1000));
  for (let number = 1; number < ledger.nextReceiptNumber(); number += 1)
    put(`receipt ${number}`, ledger.saleByReceipt(number));
  for (const afterSeq of [0, Math.floor(headSeq / 2)]) {
    put(`waiting ${afterSeq}`, [ledger.waitingSales(afterSeq), ledger.notArrived(afterSeq)]);
    put(`between ${afterSeq}`, ledger.salesBetween(afterSeq, headSeq));
  }
  for (const day of days) put(`day ${day}`, ledger.firstSeqOf(day));
}

function readWork(ledger: Ledger, { headSeq, ids, days, settings }: Known): ReadonlyMap<string, string> {
  const work = new Map<string, string>();
  const put: Put = (name, value) => void (value === undefined || work.set(name, JSON.stringify(value)));
  const { ledger: own } = ledger.identity;
  put("basket", ledger.openBasket.read());
  for (const sale of ledger.parkedSales.list()) put(`parked ${sale.saleId}`, sale);
  for (const key of settings) put(`setting ${key}`, ledger.settings.read(key));
  const mark = ledger.platformMarks.read(own);
  put("mark", mark);
  for (const state of jobStates)
    for (const job of ledger.printJobs.jobsIn(state, 100)) put(`job ${job.jobId} is ${state}`, job);
  for (const id of ids) {
    put(`parked basket ${id}`, ledger.parkedSales.basket(id));
    put(`job ${id}`, ledger.printJobs.job(id));
    put(`note ${id}`, ledger.privateValues.read(id, "note"));
  }
  for (let seq = 1; seq <= headSeq; seq += 1) {
    put(`answer ${seq}`, ledger.platformAnswers.answer(own, seq));
    put(`tries ${seq}`, ledger.pushFailures.failure(seq));
    put(`arrived ${seq}`, ledger.arrivals.arrivedAt(own, seq));
  }
  for (const answer of ledger.platformAnswers.needingYou(own, 1000)) put(`needs you ${answer.seq}`, answer);
  for (const outage of ledger.outages.newest(1000)) put(`outage ${outage.from}`, outage);
  // Derived from the stores and the sales: compared where nothing was told.
  const stand = { ledger: own, markSeq: mark?.acknowledgedSeq ?? 0, underWay: null };
  put("derived log", ledger.salesByArrival(stand, { query: "", skip: 0, limit: 1000 }));
  for (const day of days)
    put(`derived ${day}`, [ledger.countArrivals(stand, day), ledger.arrivalThreads(stand, day, 1000)]);
  return work;
}
