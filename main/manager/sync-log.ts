import { platformErrorCodes } from "../../sync/protocol/api.ts";
import type { Stretch } from "../../sync/push.ts";
import { TillError } from "../contract/errors.ts";
import type { Arrival, SyncEntry, SyncRow } from "../contract/manager.ts";
import type { ArrivalStand, SaleArrival } from "../ledger/arrival-reads.ts";
import { readKnownEntry } from "../ledger/entries.ts";
import type { Ledger } from "../ledger/open.ts";
import { paidBy } from "../sale/paid-by.ts";

/** The worker that syncs, as the log asks it. */
export type SyncWorker = {
  readonly underWay: Stretch | null;
  readonly nextRoundAt: number | null;
  tryNow(): void;
  wholeRound(): Promise<void>;
};

/** What the sync log is read from. */
export type SyncLogParts = {
  ledger: Ledger;
  worker: SyncWorker;
  format(timeMs: number): string;
};

/** Rows of one page of the log. */
const rowsPerPage = 100;

/** How the ledger stands to the platform now. */
export function standOf({ ledger, worker }: Pick<SyncLogParts, "ledger" | "worker">): ArrivalStand {
  const id = ledger.identity.ledger;
  const markSeq = ledger.platformMarks.read(id)?.acknowledgedSeq ?? 0;
  return { ledger: id, markSeq, underWay: worker.underWay };
}

/** A page of the log, the worst first; see `ArrivalReads.salesByArrival`. */
export function readSyncLog(
  parts: SyncLogParts,
  find: { state?: Arrival | undefined; query?: string | undefined; skip?: number | undefined },
): { rows: SyncRow[]; more: boolean } {
  const stand = standOf(parts);
  const { state, query = "", skip = 0 } = find;
  const sales = parts.ledger.salesByArrival(stand, { state, query: query.trim(), skip, limit: rowsPerPage + 1 });
  const rows = sales.slice(0, rowsPerPage).map((sale) => rowOf(parts, stand, sale));
  return { rows, more: sales.length > rowsPerPage };
}

/**
 * One sale or refund with its text, as it is stored and sent, also where this version cannot read the text.
 * @throws TillError `entry.not-found` for anything else.
 */
export function readSyncEntry(parts: SyncLogParts, seq: number): SyncEntry {
  const stand = standOf(parts);
  const sale = parts.ledger.saleArrival(stand, seq);
  const stored = parts.ledger.entry(seq);
  if (sale === undefined || stored === undefined) throw new TillError("entry.not-found");
  const entry = readKnownEntry(stored.text);
  const isRead = entry?.type === "sale.settled" || entry?.type === "refund.settled";
  const answer = parts.ledger.platformAnswers.answer(stand.ledger, seq);
  return {
    row: rowOf(parts, stand, sale),
    text: stored.text,
    hash: stored.hash,
    lines: isRead ? entry.body.lines.map(({ name, totalMinor }) => ({ name, totalMinor })) : [],
    ...(isRead ? {} : { unread: true as const }),
    answers: answer === undefined ? [] : [{ state: answer.state, code: answer.code, at: answer.at }],
  };
}

/**
 * How far one sale or refund has come.
 * @throws TillError `entry.not-found`.
 */
export function stateOf(parts: SyncLogParts, seq: number): Arrival {
  const sale = parts.ledger.saleArrival(standOf(parts), seq);
  if (sale === undefined) throw new TillError("entry.not-found");
  return sale.state;
}

function rowOf(parts: SyncLogParts, stand: ArrivalStand, sale: SaleArrival): SyncRow {
  const { ledger, worker, format } = parts;
  const { seq, kind, saleId, receiptCode, totalMinor, state } = sale;
  const isHere = state === "safe" || state === "on-the-way";
  const arrivedAt = isHere ? undefined : ledger.arrivals.arrivedAt(stand.ledger, seq);
  const vainTries = ledger.pushFailures.failure(seq)?.attempts ?? 0;
  const answer = lastAnswer(ledger, stand, seq);
  const nextTryAt = state === "safe" ? worker.nextRoundAt : null;
  return {
    seq,
    kind,
    saleId,
    receiptCode,
    madeAt: sale.time,
    totalMinor,
    paidBy: paidBy(sale.tenderKinds),
    tries: vainTries + (state === "safe" ? 0 : 1),
    state,
    ...(arrivedAt === undefined ? {} : { arrivedAt }),
    ...(answer === undefined ? {} : { answer }),
    ...(nextTryAt === null ? {} : { nextTryAt: format(nextTryAt) }),
  };
}

const spokenByPlatform: ReadonlySet<string> = new Set(platformErrorCodes);

/** What has arrived has the platform's own word on it, if any; what has not has what came back of the last try. */
function lastAnswer(ledger: Ledger, stand: ArrivalStand, seq: number): SyncRow["answer"] {
  if (seq <= stand.markSeq) {
    const answer = ledger.platformAnswers.answer(stand.ledger, seq);
    return answer === undefined ? undefined : { code: answer.code, at: answer.at, by: "platform" };
  }
  const failure = ledger.pushFailures.failure(seq);
  if (failure === undefined) return undefined;
  return { code: failure.code, at: failure.at, by: spokenByPlatform.has(failure.code) ? "platform" : "line" };
}
