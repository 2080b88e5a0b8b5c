import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A mark as it stands beside the database. */
export interface FoundMark {
  ledger: string;
  seq: number;
  hash: string;
  receiptCode: string;
}

/** The marks in a folder that can be read; a slot that a power cut has torn is passed over. */
export function readMarks(folder: string): FoundMark[] {
  const marks: FoundMark[] = [];
  for (const file of ["mark-a", "mark-b"].map((name) => join(folder, name)).filter(existsSync)) {
    const content = readFileSync(file, "utf8");
    const [, checksum, text] = /^([0-9a-f]{64}) (\[.*\])\s*$/.exec(content) ?? [];
    if (text === undefined || createHash("sha256").update(text).digest("hex") !== checksum) continue;
    const [ledger, seq, hash, , receiptCode] = JSON.parse(text) as [string, number, string, number, string];
    marks.push({ ledger, seq, hash, receiptCode });
  }
  return marks;
}
