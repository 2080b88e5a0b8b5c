import type { LedgerDatabase } from "../database.ts";
import type { Transactions } from "../transactions.ts";
import { insertInto, setColumns, wholeRow } from "./row-checksum.ts";

/** A time without the platform. Entries after `afterSeq` (up to `upToSeq`, once it is over) were kept here meanwhile. */
export interface Outage {
  from: string;
  afterSeq: number;
  to?: string;
  upToSeq?: number;
}

/** Times without the platform. If they are lost, the picture of the day no longer shows them. */
export interface OutageStore {
  /** The newest, the newest last. */
  newest(limit: number): Outage[];
  /** Notes that the platform cannot be reached; while one is open this changes nothing. */
  begin(from: string, afterSeq: number): void;
  /** Notes that it is reached again; without an open one this changes nothing. */
  end(to: string, upToSeq: number): void;
}

/** Outages that are kept: with one an hour, more than a week. */
const kept = 200;

interface Row {
  number: number;
  from_time: string;
  after_seq: number;
  to_time: string | null;
  up_to_seq: number | null;
}

/** The store of outages. */
export function createOutageStore(database: LedgerDatabase, transactions: Transactions): OutageStore {
  const newest = database.prepare<[number], Row>(
    `SELECT * FROM outages WHERE ${wholeRow("outages")} ORDER BY number DESC LIMIT ?`,
  );
  // Nothing whole has this number: what lies there is damaged.
  const insert = database.prepare(insertInto("outages", "OR REPLACE"));
  const over = setColumns("outages", { to_time: "@to", up_to_seq: "@upToSeq" });
  const close = database.prepare(`UPDATE outages SET ${over} WHERE number = @number`);
  const forget = database.prepare("DELETE FROM outages WHERE number <= ?");
  return {
    newest: (limit) => newest.all(limit).map(toOutage).toReversed(),
    begin(from, afterSeq) {
      transactions.write(() => {
        const [last] = newest.all(1);
        if (last?.to_time === null) return;
        const number = (last?.number ?? 0) + 1;
        insert.run({ number, from_time: from, after_seq: afterSeq, to_time: null, up_to_seq: null });
        forget.run(number - kept);
      });
    },
    end(to, upToSeq) {
      transactions.write(() => {
        const [last] = newest.all(1);
        if (last?.to_time === null) close.run({ number: last.number, to, upToSeq });
      });
    },
  };
}

function toOutage(row: Row): Outage {
  return {
    from: row.from_time,
    afterSeq: row.after_seq,
    ...(row.to_time === null ? {} : { to: row.to_time }),
    ...(row.up_to_seq === null ? {} : { upToSeq: row.up_to_seq }),
  };
}
