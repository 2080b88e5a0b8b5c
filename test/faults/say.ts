import { openSync, writeSync } from "node:fs";
import type { WitnessLine } from "./witness.ts";

/** Tells the witness, before the program goes on. */
export type Say = (line: WitnessLine) => void;

/** The mouth of a program that runs under the recorder. Orders to the recorder go the same way. */
export function openWitness(): { say: Say; order(text: string): void } {
  const handle = openSync(process.env["FAULTS_WITNESS"] ?? "/dev/null", "a");
  return {
    say: (line) => void writeSync(handle, JSON.stringify(line)),
    order: (text) => void writeSync(handle, `!${text}\n`),
  };
}
