import { createHash } from "node:crypto";
import type { PrivateValue } from "../ledger/work/private-values.ts";

/** The name under which a note stands beside its entry. */
export const noteName = "note";

const saltBytes = 16;

/** A note on the way into the ledger: what the entry holds of it, and the row that keeps it. */
export type CommittedNote = { commitment: string; row(entryId: string): PrivateValue };

/** A note as it is kept: one line, without blanks around it; empty where there is nothing to keep. */
export function plainNote(text: string): string {
  return text.toWellFormed().replaceAll(/\s+/g, " ").trim();
}

/** Commits to a note: SHA-256 over the salt's bytes and the text in UTF-8, hexadecimal. Null for an empty one. */
export function commitNote(note: string, random: (count: number) => Uint8Array): CommittedNote | null {
  if (note === "") return null;
  const salt = random(saltBytes);
  const commitment = createHash("sha256").update(salt).update(note, "utf8").digest("hex");
  return { commitment, row: (entryId) => ({ entryId, name: noteName, salt, value: note }) };
}
