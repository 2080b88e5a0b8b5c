import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyLedger, type VerifyResult } from "../ledger/verify/verify.ts";
import { withLedgerFile } from "../tool.ts";
import { print, readFolderCommand, type Command } from "./command.ts";

/** `till verify`: checks the ledger of a till that runs or not, with code that shares nothing with what wrote it. */
export const verify: Command = {
  usage: "verify [DIR] [--json]",
  does: "checks chain, signatures, postings and marks, and names the first broken entry",
  async run(typed) {
    const { folder, json } = readFolderCommand(typed);
    const result = await withMarksOfNow(folder, (marks) =>
      withLedgerFile(folder, ({ file }) => verifyLedger({ database: file, marks })),
    );
    print(json, result, describe(result));
    return result.ok ? 0 : 1;
  },
};

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

function describe({ ok, entries, head, firstBroken }: VerifyResult): string[] {
  if (ok) return [`${entries} entries hold. The last is number ${head.seq}, ${head.hash}.`];
  return [
    `${entries} entries hold.`,
    `Entry ${firstBroken?.seq} does not: ${firstBroken?.reason}. What stands from there on is not proven.`,
  ];
}
