import { TillError } from "../contract/errors.ts";
import type { SyncOverview, SyncRow } from "../contract/manager.ts";
import type { MethodOutput, TillContract } from "../contract/methods.ts";
import { askRunningTill } from "../tool.ts";
import { print, readFolderCommand, type Command } from "./command.ts";

/** Rows of the log that are fetched at most; the manager's page has the others. */
const mostRows = 1000;

/** What a terminal shows of the log: the worst stand first in it. */
const shownRows = 20;

type SyncState = { overview: SyncOverview; rows: SyncRow[]; more: boolean };

/**
 * `till sync`: state and log of the business day, as the manager sees them. Only a running till knows them whole: what is
 * under way and when it is tried again stands in no file.
 */
export const sync: Command = {
  usage: "sync [DIR] [--json]",
  does: "tells what has reached the platform and what has not, as the manager's page does",
  async run(typed) {
    const { folder, json } = readFolderCommand(typed);
    const overview = await ask(folder, () => askRunningTill(folder, "sync.overview", {}));
    const state: SyncState = { overview, ...(await readLog(folder)) };
    print(json, state, describe(state));
    return 0;
  },
};

async function readLog(folder: string): Promise<Pick<SyncState, "rows" | "more">> {
  const rows: SyncRow[] = [];
  for (;;) {
    const part: MethodOutput<TillContract, "sync.log"> = await ask(folder, () =>
      askRunningTill(folder, "sync.log", { skip: rows.length }),
    );
    rows.push(...part.rows);
    if (!part.more || part.rows.length === 0 || rows.length >= mostRows) return { rows, more: part.more };
  }
}

async function ask<T>(folder: string, question: () => Promise<T | null>): Promise<T> {
  const answer = await question();
  if (answer === null) throw new TillError("till.not-running", { folder });
  return answer;
}

function describe({ overview, rows, more }: SyncState): string[] {
  const { sales, arrived, notArrived, entries, lastAnswerAt } = overview;
  const log = rows.slice(0, shownRows).map((row) => {
    const cells = [row.receiptCode, row.madeAt, row.state, `tried ${row.tries}`, row.answer?.code ?? ""];
    return `  ${cells.join("  ")}`.trimEnd();
  });
  return [
    `${arrived} of ${sales} sales of ${overview.businessDay} have arrived; ${overview.counts["needs-you"]} need you.`,
    `${notArrived.count} of any day have not arrived.`,
    `${entries.arrived} of ${entries.made} entries have arrived. Last answer: ${lastAnswerAt ?? "none yet"}.`,
    ...log,
    ...(more || rows.length > shownRows ? ["  …"] : []),
  ];
}
