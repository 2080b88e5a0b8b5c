import type { Person } from "../../sync/protocol/change.ts";
import type { SuccessionReason } from "../../sync/protocol/entry-types.ts";
import type { OperatorFollows } from "../../sync/protocol/operator-api.ts";
import { peopleByIds } from "../changes/known-things.ts";
import type { Queryable } from "../database/database.ts";

type Row = {
  successor: string;
  predecessor: string;
  reason: SuccessionReason;
  at: Date;
  known_seq: number;
  platform_seq: number;
  head_seq: number;
  receipt_number: number;
  approved_by: string | null;
  opened_at: string | null;
  is_second: boolean;
};

/** What each ledger goes on from that took another one's place. Missing is what has not arrived to this day. */
export async function followsByLedger(database: Queryable): Promise<ReadonlyMap<string, OperatorFollows>> {
  const { rows } = await database.query<Row>(
    `select s.successor, s.predecessor, s.reason, s.at, s.known_seq, s.platform_seq, l.head_seq, s.receipt_number,
       s.approved_by, s.opened_at, s.is_second
     from successions s join ledgers l on l.id = s.predecessor`,
  );
  const people = await peopleByIds(
    database,
    rows.flatMap(({ approved_by }) => approved_by ?? []),
  );
  return new Map(rows.map((row) => [row.successor, followsOf(row, people)]));
}

function followsOf(row: Row, people: ReadonlyMap<string, Person>): OperatorFollows {
  const person = row.approved_by;
  const isMissing = row.known_seq > row.head_seq;
  return {
    ledger: row.predecessor,
    seq: Math.max(row.known_seq, row.platform_seq),
    reason: row.reason,
    at: row.at.toISOString(),
    ...(isMissing ? { missing: { fromSeq: row.head_seq + 1, toSeq: row.known_seq } } : {}),
    receiptNumber: row.receipt_number,
    ...(person === null ? {} : { approvedBy: { person, name: nameOf(person, people) } }),
    ...(row.opened_at === null ? {} : { openedAt: row.opened_at }),
    isSecond: row.is_second,
  };
}

function nameOf(person: string, people: ReadonlyMap<string, Person>): Person["name"] {
  return people.get(person)?.name ?? { en: person, "zh-CN": person };
}
