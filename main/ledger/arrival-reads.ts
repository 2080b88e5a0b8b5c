import type { Arrival } from "../contract/manager.ts";
import type { LedgerDatabase } from "./database.ts";
import { minorFromBigInt } from "./minor.ts";
import { wholeRow } from "./work/row-checksum.ts";

/** How this ledger stands to the platform: up to where it is acknowledged, and what is on its way right now. */
export interface ArrivalStand {
  ledger: string;
  markSeq: number;
  underWay: { fromSeq: number; toSeq: number } | null;
}

/** A sale or a refund with how far it has come. */
export interface SaleArrival {
  seq: number;
  kind: "sale" | "refund";
  saleId: string;
  receiptCode: string;
  time: string;
  /** Below zero for a refund. */
  totalMinor: number;
  tenderKinds: string[];
  state: Arrival;
}

/** One sale or refund on the picture of a day. */
export interface ArrivalThread {
  seq: number;
  madeAt: string;
  arrivedAt?: string;
  state: Arrival;
}

/** What has arrived and what has not. "Arrived" is what the stored mark says and nothing else. */
export interface ArrivalReads {
  /**
   * Sales and refunds, the worst first: what needs a person, what is only here, what is on its way, then the rest; among
   * each the newest first. `query` is a part of the receipt's code, empty for all.
   */
  salesByArrival(
    stand: ArrivalStand,
    find: { state?: Arrival | undefined; query: string; skip: number; limit: number },
  ): SaleArrival[];
  /** One of them. */
  saleArrival(stand: ArrivalStand, seq: number): SaleArrival | undefined;
  /** How many sales and refunds of a business day stand where. */
  countArrivals(stand: ArrivalStand, businessDay: string): Record<Arrival, number>;
  /** The newest of a business day, the newest last. */
  arrivalThreads(stand: ArrivalStand, businessDay: string, limit: number): ArrivalThread[];
  /** Sales and refunds after an entry, and the money of them. */
  notArrived(afterSeq: number): { count: number; totalMinor: number; oldestAt?: string };
  /** How many sales and refunds lie between two entries (the first left out), and the last of them. */
  salesBetween(afterSeq: number, upToSeq: number): { count: number; lastSeq?: number };
  /** The first entry of a business day. */
  firstSeqOf(businessDay: string): number | undefined;
}

/** An answer that is not what was stored is none: it is pulled again. */
const waitsForPerson = `SELECT seq FROM platform_answers
  WHERE state = 'needs-you' AND ledger = @ledger AND ${wholeRow("platform_answers")}`;
const answerOfRow = `FROM platform_answers WHERE platform_answers.ledger = @ledger
  AND platform_answers.seq = sales.seq AND ${wholeRow("platform_answers")}`;

/** The order of the sync log: a section each, whose rows no other one has. `settled` and `confirmed` are one to a reader. */
const sections = {
  "needs-you": `seq <= @markSeq AND seq IN (${waitsForPerson})`,
  safe: "seq > @markSeq AND NOT (seq BETWEEN @fromSeq AND @toSeq)",
  "on-the-way": "seq > @markSeq AND seq BETWEEN @fromSeq AND @toSeq",
  arrived: `seq <= @markSeq AND seq NOT IN (${waitsForPerson})`,
  confirmed: `seq <= @markSeq AND NOT EXISTS (SELECT 1 ${answerOfRow})`,
  settled: `seq <= @markSeq AND EXISTS (SELECT 1 ${answerOfRow} AND state = 'settled')`,
} as const;

type Section = keyof typeof sections;

const wholeLog: readonly Section[] = ["needs-you", "safe", "on-the-way", "arrived"];

const stateOfRow = `CASE WHEN sales.seq > @markSeq
  THEN CASE WHEN sales.seq BETWEEN @fromSeq AND @toSeq THEN 'on-the-way' ELSE 'safe' END
  ELSE coalesce((SELECT state ${answerOfRow}), 'confirmed') END`;

const arrivedAtOfRow = `CASE WHEN sales.seq <= @markSeq THEN
  (SELECT CASE WHEN from_seq <= sales.seq THEN at END FROM arrivals
   WHERE arrivals.ledger = @ledger AND up_to_seq >= sales.seq AND ${wholeRow("arrivals")}
   ORDER BY up_to_seq LIMIT 1) END`;

interface Stand {
  ledger: string;
  markSeq: number;
  fromSeq: number;
  toSeq: number;
}

interface Row {
  seq: bigint;
  kind: "sale" | "refund";
  sale_id: string;
  receipt_code: string;
  time: string;
  total_minor: bigint;
  tender_kinds: string;
  state: Arrival;
}

/** Reads of an open database. */
export function createArrivalReads(database: LedgerDatabase): ArrivalReads {
  const columns = `seq, kind, sale_id, receipt_code, time, total_minor, tender_kinds, ${stateOfRow} AS state`;
  const selects = bySection((where) =>
    database
      .prepare<[Stand & { query: string; skip: number; limit: number }], Row>(
        `SELECT ${columns} FROM sales WHERE ${where} AND (@query = '' OR instr(receipt_code, @query) > 0)
         ORDER BY seq DESC LIMIT @limit OFFSET @skip`,
      )
      .safeIntegers(true),
  );
  const counts = bySection((where) =>
    database
      .prepare<[Stand & { query: string }], number>(
        `SELECT count(*) FROM sales WHERE ${where} AND (@query = '' OR instr(receipt_code, @query) > 0)`,
      )
      .pluck(),
  );
  const one = database
    .prepare<[Stand & { seq: number }], Row>(`SELECT ${columns} FROM sales WHERE seq = @seq`)
    .safeIntegers(true);
  const dayCounts = database.prepare<[Stand & { day: string; firstSeq: number }], { state: Arrival; count: number }>(
    `SELECT ${stateOfRow} AS state, count(*) AS count FROM sales WHERE seq >= @firstSeq AND business_day = @day GROUP BY 1`,
  );
  const threads = database.prepare<
    [Stand & { day: string; firstSeq: number; limit: number }],
    { seq: number; time: string; state: Arrival; arrivedAt: string | null }
  >(
    `SELECT seq, time, ${stateOfRow} AS state, ${arrivedAtOfRow} AS arrivedAt FROM sales
     WHERE seq >= @firstSeq AND business_day = @day ORDER BY seq DESC LIMIT @limit`,
  );
  const waiting = database
    .prepare<[number], { count: bigint; total: bigint }>(
      "SELECT count(*) AS count, coalesce(sum(total_minor), 0) AS total FROM sales WHERE seq > ?",
    )
    .safeIntegers(true);
  const oldest = database
    .prepare<[number], string>("SELECT time FROM sales WHERE seq > ? ORDER BY seq LIMIT 1")
    .pluck();
  const between = database.prepare<[number, number], { count: number; lastSeq: number | null }>(
    "SELECT count(*) AS count, max(seq) AS lastSeq FROM sales WHERE seq > ? AND seq <= ?",
  );
  const dayStart = database
    .prepare<[string], number>("SELECT first_seq FROM business_days WHERE business_day = ?")
    .pluck();

  function firstSeqOf(businessDay: string): number | undefined {
    return dayStart.get(businessDay);
  }

  return {
    firstSeqOf,
    salesByArrival(stand, { state, query, skip, limit }) {
      const given = { ...parametersOf(stand), query };
      const found: Row[] = [];
      let toSkip = skip;
      for (const section of state === undefined ? wholeLog : [state]) {
        if (found.length >= limit) break;
        const rows = selects[section].all({ ...given, skip: toSkip, limit: limit - found.length });
        found.push(...rows);
        // Only a section that gave nothing may have been passed over whole.
        toSkip = rows.length > 0 || toSkip === 0 ? 0 : toSkip - (counts[section].get(given) ?? 0);
      }
      return found.map(toSaleArrival);
    },
    saleArrival: (stand, seq) => one.all({ ...parametersOf(stand), seq }).map(toSaleArrival)[0],
    countArrivals(stand, day) {
      const all: Record<Arrival, number> = { "needs-you": 0, safe: 0, "on-the-way": 0, confirmed: 0, settled: 0 };
      const firstSeq = firstSeqOf(day);
      if (firstSeq === undefined) return all;
      for (const { state, count } of dayCounts.all({ ...parametersOf(stand), day, firstSeq })) all[state] = count;
      return all;
    },
    arrivalThreads(stand, day, limit) {
      const firstSeq = firstSeqOf(day);
      if (firstSeq === undefined) return [];
      const rows = threads.all({ ...parametersOf(stand), day, firstSeq, limit }).toReversed();
      return rows.map(({ seq, time, state, arrivedAt }) => {
        return { seq, madeAt: time, state, ...(arrivedAt === null ? {} : { arrivedAt }) };
      });
    },
    notArrived(afterSeq) {
      const { count, total } = waiting.get(afterSeq) ?? { count: 0n, total: 0n };
      const oldestAt = oldest.get(afterSeq);
      return {
        count: Number(count),
        totalMinor: minorFromBigInt(total),
        ...(oldestAt === undefined ? {} : { oldestAt }),
      };
    },
    salesBetween(afterSeq, upToSeq) {
      const { count, lastSeq } = between.get(afterSeq, upToSeq) ?? { count: 0, lastSeq: null };
      return { count, ...(lastSeq === null ? {} : { lastSeq }) };
    },
  };
}

function bySection<T>(make: (where: string) => T): Record<Section, T> {
  const made = Object.entries(sections).map(([section, where]) => [section, make(where)]);
  return Object.fromEntries(made) as Record<Section, T>;
}

/** Where nothing is under way the stretch is one that no entry lies in. */
function parametersOf({ ledger, markSeq, underWay }: ArrivalStand): Stand {
  return { ledger, markSeq, fromSeq: underWay?.fromSeq ?? 0, toSeq: underWay?.toSeq ?? -1 };
}

function toSaleArrival(row: Row): SaleArrival {
  return {
    seq: Number(row.seq),
    kind: row.kind,
    saleId: row.sale_id,
    receiptCode: row.receipt_code,
    time: row.time,
    totalMinor: minorFromBigInt(row.total_minor),
    tenderKinds: row.tender_kinds === "" ? [] : row.tender_kinds.split(","),
    state: row.state,
  };
}
