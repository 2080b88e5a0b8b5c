import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { hashSchema, idSchema, keyIdSchema } from "../../sync/protocol/entry.ts";

/** Which till of which platform a data folder belongs to, and its ledger. */
const enrolmentFileSchema = z.strictObject({
  ledger: idSchema,
  tillId: idSchema,
  tillNumber: z.int().min(1).max(9999),
  storeId: z.string().min(1).max(64),
  platformRoot: hashSchema,
  requestKeyId: keyIdSchema,
  platformUrl: z.string().max(2000),
});

/** Which till of which platform a data folder belongs to, and its ledger. */
export type EnrolmentFile = z.infer<typeof enrolmentFileSchema>;

function fileIn(folder: string): string {
  return join(folder, "keys", "enrolment.json");
}

/**
 * What is known of the till outside its ledger, so that a till whose ledger is gone can still ask its platform for it.
 * Nothing in it is a secret. `undefined` where there is none, or none that can be read.
 */
export function readEnrolmentFile(folder: string): EnrolmentFile | undefined {
  try {
    return enrolmentFileSchema.parse(JSON.parse(readFileSync(fileIn(folder), "utf8")));
  } catch {
    // It is written anew at every start; a till that has none was never enrolled, or is told so when it asks.
    return undefined;
  }
}

/** Writes it, whole or not at all, where it says something else than before. */
export function keepEnrolmentFile(folder: string, enrolment: EnrolmentFile): void {
  const text = `${JSON.stringify(enrolmentFileSchema.parse(enrolment))}\n`;
  const before = readEnrolmentFile(folder);
  if (before !== undefined && `${JSON.stringify(before)}\n` === text) return;
  const partial = `${fileIn(folder)}.partial`;
  const handle = openSync(partial, "w", 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(partial, fileIn(folder));
}
