import type { LedgerDatabase } from "../database.ts";
import type { Transactions } from "../transactions.ts";
import { insertInto, setColumns, wholeRow } from "./row-checksum.ts";

/** What the platform makes of an entry that it stores. The newest answer (highest cursor) is the one that counts. */
export interface PlatformAnswer {
  ledger: string;
  seq: number;
  state: "needs-you" | "settled";
  code: string;
  at: string;
  cursor: number;
}

/** The setting that holds up to where the platform's answers are known. Without it they are asked for from the first one. */
export const answerCursorKey = "answers.cursor";

/** The platform's answers. If they are lost, they are pulled again from the first one. */
export interface PlatformAnswerStore {
  answer(ledger: string, seq: number): PlatformAnswer | undefined;
  /** Keeps an answer unless a newer one about the same entry is there. */
  save(answer: PlatformAnswer): void;
  /** Forgets every answer, to be told all of them anew. */
  forgetAll(): void;
  /** Entries that wait for a person, oldest first, at most `limit`. */
  needingYou(ledger: string, limit: number): PlatformAnswer[];
}

const columns = "ledger, seq, state, code, at, cursor";
const whole = wholeRow("platform_answers");
const change = setColumns("platform_answers", {
  state: "excluded.state",
  code: "excluded.code",
  at: "excluded.at",
  cursor: "excluded.cursor",
});

/** The store of the platform's answers. */
export function createPlatformAnswerStore(database: LedgerDatabase, transactions: Transactions): PlatformAnswerStore {
  const byEntry = database.prepare<[string, number], PlatformAnswer>(
    `SELECT ${columns} FROM platform_answers WHERE ledger = ? AND seq = ? AND ${whole}`,
  );
  const byState = database.prepare<[string, number], PlatformAnswer>(
    `SELECT ${columns} FROM platform_answers WHERE state = 'needs-you' AND ledger = ? AND ${whole} ORDER BY seq LIMIT ?`,
  );
  const save = database.prepare(
    `${insertInto("platform_answers")}
     ON CONFLICT DO UPDATE SET ${change} WHERE excluded.cursor > platform_answers.cursor OR NOT ${whole}`,
  );
  const forgetAll = database.prepare("DELETE FROM platform_answers");
  return {
    forgetAll: () => void transactions.write(() => forgetAll.run()),
    answer: (ledger, seq) => byEntry.get(ledger, seq),
    save({ ledger, seq, state, code, at, cursor }) {
      transactions.write(() => save.run({ ledger, seq, state, code, at, cursor }));
    },
    needingYou: (ledger, limit) => byState.all(ledger, limit),
  };
}
