import type { LedgerDatabase } from "../database.ts";
import type { Transactions } from "../transactions.ts";

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
  const newest = database.prepare<[number], Row>("SELECT * FROM outages ORDER BY number DESC LIMIT ?");
  const insert = database.prepare("INSERT INTO outages (from_time, after_seq) VALUES (?, ?)");
  const close = database.prepare("UPDATE outages SET to_time = ?, up_to_seq = ? WHERE number = ?");
  const forget = database.prepare("DELETE FROM outages WHERE number <= (SELECT max(number) FROM outages) - ?");
  const open = () => newest.all(1).find((row) => row.to_time === null);
  return {
    newest: (limit) => newest.all(limit).map(toOutage).toReversed(),
    begin(from, afterSeq) {
      transactions.write(() => {
        if (open() !== undefined) return;
        insert.run(from, afterSeq);
        forget.run(kept);
      });
    },
    end(to, upToSeq) {
      transactions.write(() => {
        const row = open();
        if (row !== undefined) close.run(to, upToSeq, row.number);
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
