import type { Answer } from "../../sync/protocol/api.ts";
import type { Queryable } from "../database/database.ts";

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
