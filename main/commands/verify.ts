import { closeSync, cpSync, existsSync, mkdtempSync, openSync, readSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wordsOfFault } from "../contract/words/index.ts";
import { wordsOfBroken } from "../contract/words/verify-words.ts";
import type { Broken } from "../ledger/verify/reasons.ts";
import { type OlderResult, verifyLedger, type VerifyResult, type VerifySource } from "../ledger/verify/verify.ts";
import { withLedgerFile } from "../tool.ts";
import { print, readFolderCommand, type Command } from "./command.ts";

/**
 * `till verify`: checks the ledger of a till that runs or not, a backup or an export, with code that shares nothing with
 * what wrote it.
 */
export const verify: Command = {
  usage: "verify [DIR | FILE] [--json]",
  does: "checks chain, signatures, sums, reports, tables and marks, and names the first broken entry",
  async run(typed) {
    const { folder, json } = readFolderCommand(typed);
    const result = isFile(folder)
      ? await verifyLedger(sourceOf(folder), undefined, "own")
      : await withMarksOfNow(folder, (marks) =>
          withLedgerFile(folder, ({ file }) =>
            verifyLedger({ database: file, marks, ledgers: join(folder, "ledgers") }, undefined, "own"),
          ),
        );
    print(json, result, describe(result));
    return result.ok ? 0 : 1;
  },
};

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** A file by itself is a copy of the database, which begins with SQLite's own words, or an export. */
function sourceOf(file: string): VerifySource {
  const start = Buffer.alloc(16);
  const handle = openSync(file, "r");
  try {
    readSync(handle, start, 0, start.length, 0);
  } finally {
    closeSync(handle);
  }
  return start.toString("latin1") === "SQLite format 3\0" ? { database: file } : { export: file };
}

/**
 * Copies the marks before the ledger is copied: a till that sells meanwhile would otherwise have a mark of a sale that the
 * copy cannot hold yet, which looks like a ledger whose end is missing.
 */
async function withMarksOfNow<T>(folder: string, read: (marks: string) => Promise<T>): Promise<T> {
  const marks = mkdtempSync(join(tmpdir(), "suanpan-marks-"));
  try {
    const source = join(folder, "marks");
    if (existsSync(source)) cpSync(source, marks, { recursive: true });
    return await read(marks);
  } finally {
    rmSync(marks, { recursive: true, force: true });
  }
}

/** Findings that are printed one by one; `--json` has more of them. */
const printedAtMost = 10;

function describe(result: VerifyResult): string[] {
  const { entries, head, findings, findingCount, privateValues } = result;
  const lines =
    findingCount === 0
      ? [`${entries} entries hold. The last is number ${head.seq}, ${head.hash}.`]
      : [`${entries} entries hold. This does not:`, ...findings.slice(0, printedAtMost).flatMap(describeBroken)];
  if (findingCount > printedAtMost) lines.push(`And ${findingCount - printedAtMost} more.`);
  if (privateValues !== undefined && privateValues.removedCount > 0) {
    lines.push(`${privateValues.removedCount} personal values were removed; the entries that held them are whole.`);
  }
  return [...lines, ...describeFollows(result), ...result.older.flatMap(describeOlder)];
}

function describeBroken(broken: Broken): string[] {
  const { happened, safe, todo } = wordsOfBroken(broken, "en");
  const at = broken.seq === 0 ? "" : `entry ${broken.seq}, `;
  return [`- ${happened} (${at}${broken.reason})`, `  ${safe} ${todo}`];
}

function describeFollows({ follows }: VerifyResult): string[] {
  if (follows === null) return [];
  const { ledger, seq, missing, approvedBy, file } = follows;
  return [
    `It goes on from ledger ${ledger}, entry ${seq}${approvedBy === null ? "" : `, approved by the ${approvedBy}`}.`,
    ...(missing === null ? [] : [`Entries ${missing.fromSeq} to ${missing.toSeq} of it are missing.`]),
    ...(file === "absent" ? ["The file of that ledger is not here."] : []),
  ];
}

function describeOlder({ file, result, fault }: OlderResult): string[] {
  if (fault !== null) return [`Older ledger ${file}: ${wordsOfFault(fault, "en").happened}`];
  if (result === null || result.ok) return [`Older ledger ${file}: ${result?.entries ?? 0} entries hold.`];
  return [
    `Older ledger ${file}: ${result.entries} entries hold. This does not:`,
    ...result.findings.slice(0, 1).flatMap(describeBroken),
  ];
}
