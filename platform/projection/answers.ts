import type { Answer } from "../../sync/protocol/api.ts";
import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import type { Queryable } from "../database/database.ts";

/** What is to be said about one entry. */
export type Verdict = { seq: number; state: "needs-you" | "settled"; code: AnswerCode };

type AnswerRow = Omit<Answer, "at"> & { at: Date };

/** The answers of one till after a cursor, in order, at most `limit`, and whether there are more. */
export async function answersAfter(
  database: Queryable,
  tillId: string,
  after: number,
  limit: number,
): Promise<{ answers: Answer[]; cursor: number; more: boolean }> {
  const result = await database.query<AnswerRow>(
    `select cursor, ledger, seq, state, code, at from answers
     where till_id = $1 and cursor > $2 order by cursor limit $3`,
    [tillId, after, limit + 1],
  );
  const answers = result.rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  return { answers, cursor: answers.at(-1)?.cursor ?? after, more: result.rows.length > limit };
}

/**
 * Says what is new about entries of a ledger: a verdict that is the last answer already is not said again, and one of
 * nothing is said only where something was wrong before. The till's row is locked until commit, so its answers become
 * visible in the order of their cursors.
 */
export async function writeAnswers(
  transaction: Queryable,
  till: { tillId: string; ledger: string },
  judged: readonly { seq: number; verdict: Verdict | null }[],
  at: Date,
): Promise<void> {
  const last = await lastAnswers(
    transaction,
    till.ledger,
    judged.map(({ seq }) => seq),
  );
  const fresh = judged.flatMap(({ seq, verdict }) => {
    const before = last.get(seq);
    const now = verdict ?? (before === undefined ? null : settledEntry(seq));
    if (now === null || now.code === before) return [];
    // Money that is on its way needs no word, but it ends what was said before.
    return now.code === "refund.pending" && before === undefined ? [] : [now];
  });
  if (fresh.length === 0) return;
  const counted = await transaction.query<{ last_answer: number }>(
    "update tills set last_answer = last_answer + $2 where id = $1 returning last_answer",
    [till.tillId, fresh.length],
  );
  const first = (counted.rows[0]?.last_answer ?? 0) - fresh.length + 1;
  await transaction.query(
    `insert into answers (till_id, cursor, ledger, seq, state, code, at)
     select $1, v.cursor, $2, v.seq, v.state, v.code, $7
     from unnest($3::bigint[], $4::bigint[], $5::text[], $6::text[]) as v (cursor, seq, state, code)`,
    [
      till.tillId,
      till.ledger,
      fresh.map((_, index) => first + index),
      fresh.map((verdict) => verdict.seq),
      fresh.map((verdict) => verdict.state),
      fresh.map((verdict) => verdict.code),
      at,
    ],
  );
}

/** What is said of an entry with nothing wrong and nothing of its own to say. */
export function settledEntry(seq: number): Verdict {
  return { seq, state: "settled", code: "entry.settled" };
}

async function lastAnswers(
  transaction: Queryable,
  ledger: string,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (seqs.length === 0) return new Map();
  const result = await transaction.query<{ seq: number; code: string }>(
    `select distinct on (seq) seq, code from answers where ledger = $1 and seq = any($2::bigint[])
     order by seq, cursor desc`,
    [ledger, seqs],
  );
  return new Map(result.rows.map(({ seq, code }) => [seq, code]));
}
