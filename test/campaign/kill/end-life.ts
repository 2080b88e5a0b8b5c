import type { Database } from "../../../platform/database/database.ts";
import { verifyLedger } from "../../../main/ledger/verify/verify.ts";
import type { Cashier } from "./cashier.ts";
import { checkPlatform, hasArrived } from "./check-platform.ts";
import { checkProjections } from "./check-projections.ts";
import { checkRun, printedTwice } from "./check-witness.ts";
import { checkFigures } from "./figures.ts";
import type { Finding, JournalBook } from "./journal-book.ts";
import type { Run } from "./lane.ts";
import type { Scene } from "./steps.ts";
import type { MethodOutput, TillContract } from "../../../main/contract/methods.ts";
import { Dead, type Death, type TillWindow } from "./window.ts";
import type { View } from "./wire.ts";
import type { Witness } from "./witness.ts";

/** What the end of a folder's life is checked with. `database` is the platform's; null where it was out of reach. */
export type EndOptions = {
  start(): Run;
  cashier(run: Run): Cashier;
  folder: string;
  book: JournalBook;
  witness: Witness;
  inherited: number;
  /** Holds what is shown now against what was shown before. */
  look(window: TillWindow, first: View): Promise<void>;
  database: Database | null;
  isPaidAtRail(paymentId: string): boolean;
  /** What is played before the end. */
  scenes: readonly Scene[];
  readBook(): void;
};

type XReport = MethodOutput<TillContract, "report.x">;

/** How long a till may take to work off what its dead predecessors have left. */
const settlingPatienceMs = 30_000;

/** A till that is put away while its last receipt comes out sends that receipt's entry at its next start. */
const mostLastStarts = 3;

/** Starts the till once more, has it finish everything, puts it away, and holds all books against each other. */
export async function endLife(options: EndOptions): Promise<{ findings: Finding[]; crash?: string }> {
  const { book, witness, folder, inherited, database } = options;
  const findings: Finding[] = [];
  let x: XReport | null = null;
  for (let starts = 0; starts < mostLastStarts; starts += 1) {
    const last = await lastRun(options, findings, starts === 0 ? options.scenes : []);
    const { code, words } = last.death;
    if (code !== 0) return { findings, crash: `the till ended with ${code}: ${words}` };
    x = last.x;
    options.readBook();
    if (database === null || findings.length > 0 || (await hasArrived(database, book))) break;
  }
  findings.push(...checkRun(witness.seen, witness.seen, book, inherited));
  findings.push(...printedTwice(witness.seen));
  findings.push(...checkFigures(book, x));
  const verified = await verifyLedger({ folder });
  if (!verified.ok) findings.push(wrong(`Verification says ${JSON.stringify(verified.firstBroken)}`));
  if (verified.head.seq !== book.head.seq || verified.head.hash !== book.head.hash) {
    findings.push(wrong(`Verification ends at ${verified.head.seq}, the journal at ${book.head.seq}`));
  }
  findings.push(...checkProjections(folder));
  const ledger = book.entries[0]?.ledger;
  if (database !== null && ledger !== undefined) {
    findings.push(...(await checkPlatform(database, ledger, book, options.isPaidAtRail)));
  }
  return { findings };
}

async function lastRun(
  options: EndOptions,
  findings: Finding[],
  scenes: readonly Scene[],
): Promise<{ death: Death; x: XReport | null }> {
  const run = options.start();
  const { window } = run;
  const cashier = options.cashier(run);
  try {
    const first = await window.ready;
    if (first === null) return { death: await window.died, x: null };
    await options.look(window, first);
    for (const scene of scenes) await cashier.play(scene);
    if (options.database === null) await window.until(isPaperOver, settlingPatienceMs);
    else findings.push(...(await settle(cashier, window)));
    const x = await window.call("report.x", {});
    return { death: await window.close(), x };
  } catch (error) {
    if (!(error instanceof Dead)) findings.push(wrong(String(error)));
    return { death: await window.kill(), x: null };
  }
}

/** Waits until nothing is left open: no payment, no reversal, no paper, no entry that the platform has not taken. */
async function settle(cashier: Cashier, window: TillWindow): Promise<Finding[]> {
  if (!(await cashier.finishPayment())) return [wrong("A payment does not end")];
  if (!(await window.until((view) => view.undoing === undefined, settlingPatienceMs))) {
    return [wrong("A reversal does not end")];
  }
  const deadline = performance.now() + settlingPatienceMs;
  let quietRounds = 0;
  while (quietRounds < 2) {
    await window.until(isPaperOver, settlingPatienceMs);
    const { entries } = await window.call("sync.overview", {}, "manager");
    const isSent = entries.made === entries.arrived;
    quietRounds = isSent ? quietRounds + 1 : 0;
    if (!isSent) await window.call("sync.try-now", {}, "manager");
    if (performance.now() > deadline) return [wrong(`${entries.arrived} of ${entries.made} entries were sent`)];
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return [];
}

function isPaperOver({ outcome }: { outcome?: { print: string } | undefined }): boolean {
  return outcome?.print !== "waiting" && outcome?.print !== "printing";
}

function wrong(words: string): Finding {
  return { kind: "wrong", words };
}
