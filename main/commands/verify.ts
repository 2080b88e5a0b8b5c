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
    const result = await withLedgerFile(folder, ({ file }) =>
      verifyLedger({ database: file, marks: join(folder, "marks") }),
    );
    print(json, result, describe(result));
    return result.ok ? 0 : 1;
  },
};

function describe({ ok, entries, head, firstBroken }: VerifyResult): string[] {
  if (ok) return [`${entries} entries hold. The last is number ${head.seq}, ${head.hash}.`];
  return [
    `${entries} entries hold.`,
    `Entry ${firstBroken?.seq} does not: ${firstBroken?.reason}. What stands from there on is not proven.`,
  ];
}
