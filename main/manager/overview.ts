import { statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { SyncOverview } from "../contract/manager.ts";
import { parseTimeMs } from "../ledger/time.ts";
import type { Outage } from "../ledger/work/outages.ts";
import { standOf, type SyncLogParts } from "./sync-log.ts";

/** What the overview is read from, besides the log. */
export type OverviewParts = SyncLogParts & {
  /** The folder that the ledger lies in. */
  folder: string;
  now(): number;
  businessDay(timeMs: number): string;
  /** When the platform last answered anything, in Unix milliseconds. */
  lastAnswerAt(): number | null;
  /** By how much the platform's clock is ahead of this one, once it was heard. */
  platformAheadMs(): number | undefined;
};

/** Sales on the picture of the day. */
const maximumThreads = 2000;

/** Times without the platform that are looked at; all of them are the newest ones. */
const maximumOutages = 200;

/** The facts of the sync page, as of now. */
export function readOverview(parts: OverviewParts): SyncOverview {
  const { ledger, format } = parts;
  const stand = standOf(parts);
  const businessDay = parts.businessDay(parts.now());
  const counts = ledger.countArrivals(stand, businessDay);
  const made = ledger.head().seq;
  const lastAnswerAt = parts.lastAnswerAt();
  const platformAheadMs = parts.platformAheadMs();
  return {
    businessDay,
    sales: Object.values(counts).reduce((sum, count) => sum + count, 0),
    // What needs a person is held by the platform and not taken yet: it is counted on its own.
    arrived: counts.confirmed + counts.settled,
    counts,
    entries: { made, arrived: Math.min(made, stand.markSeq) },
    ...(lastAnswerAt === null ? {} : { lastAnswerAt: format(lastAnswerAt) }),
    notArrived: ledger.notArrived(stand.markSeq),
    // Wallets are charged before their sale is settled: nothing is taken on trust.
    atRisk: { count: 0, totalMinor: 0 },
    ...(platformAheadMs === undefined ? {} : { clockOffsetMs: platformAheadMs === 0 ? 0 : -platformAheadMs }),
    room: readRoom(parts, businessDay, made),
    outages: outagesOf(parts, businessDay),
    threads: ledger.arrivalThreads(stand, businessDay, maximumThreads),
  };
}

/** Free bytes, and how many days of this day's size they last: entries of today at the average size of an entry here. */
function readRoom({ folder, ledger }: OverviewParts, businessDay: string, made: number): SyncOverview["room"] {
  const { bavail, bsize } = statfsSync(folder);
  const freeBytes = Math.min(bavail * bsize, Number.MAX_SAFE_INTEGER);
  const firstSeq = ledger.firstSeqOf(businessDay);
  if (firstSeq === undefined || made === 0) return { freeBytes };
  const bytesOfDay = (statSync(join(folder, "ledger.db")).size / made) * (made - firstSeq + 1);
  return { freeBytes, ...(bytesOfDay < 1 ? {} : { days: Math.floor(freeBytes / bytesOfDay) }) };
}

function outagesOf(parts: OverviewParts, businessDay: string): SyncOverview["outages"] {
  const isOfDay = ({ to }: Outage) => to === undefined || parts.businessDay(parseTimeMs(to)) >= businessDay;
  return parts.ledger.outages
    .newest(maximumOutages)
    .filter(isOfDay)
    .map((outage) => outageView(parts, outage));
}

function outageView(
  { ledger }: OverviewParts,
  { from, afterSeq, to, upToSeq }: Outage,
): SyncOverview["outages"][number] {
  const { count, lastSeq } = ledger.salesBetween(afterSeq, upToSeq ?? ledger.head().seq);
  const arrivedBy =
    to === undefined || lastSeq === undefined ? undefined : ledger.arrivals.arrivedAt(ledger.identity.ledger, lastSeq);
  return {
    from,
    ...(to === undefined ? {} : { to }),
    kept: count,
    ...(arrivedBy === undefined ? {} : { arrivedBy }),
  };
}
