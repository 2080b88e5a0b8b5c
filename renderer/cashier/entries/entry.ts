import { isBeyond, typeInto, type EntryKey, type EntryRules } from "../../shared/number-entry.ts";
import type { Formats, Words } from "../../shared/words/intl.tsx";
import type { Snapshot } from "../../../main/contract/snapshot.ts";
import type { Act } from "../till.tsx";
import { setView, useView, type View } from "../view.ts";

/** A number that is being typed: what may be typed, what it comes to, and what the main key does with it. */
export type Entry = {
  readonly icon: "add" | "cash" | "price" | "refund" | "shift";
  /** Types a key of the pad; one that does not fit says so. */
  type(key: EntryKey): void;
  /** The typed number in its smallest units: grams, minor units, pieces. */
  readonly units: number;
  /** What it comes to: the price of the weight, the change, the price of the pieces, what is taken off. */
  readonly resultMinor: number;
  readonly isReady: boolean;
  readonly step: { readonly title: string; readonly second: string };
  take(): void;
};

/** All that an entry is made of. */
export type EntryPlace = {
  readonly words: Words;
  readonly formats: Formats;
  readonly act: Act;
  readonly snapshot: Snapshot;
  /** What has been typed. */
  readonly typed: string;
  readonly weightUnit: View["weightUnit"];
  readonly asked: View["asked"];
};

/** Eight digits before the point: more than the contract takes. */
export const wholeAmountDigits = 8;

/** Types into the read-out by its rules, and says so where it is full. */
export function typeBy(words: Words, rules: EntryRules): Entry["type"] {
  return (key) => {
    const { entry } = useView.getState();
    if (isBeyond(entry, key, rules)) setView({ message: { kind: "reason", text: words("pad.limit") } });
    else setView({ entry: typeInto(entry, key, rules), message: null, asked: null });
  };
}

/** A second touch sooner than this belongs to the first one: nobody reads a question in that time. */
const doubleTouchMs = 300;

/**
 * Asks before something is done: the first touch asks, a second one does it, unless it comes so soon that the question
 * cannot have been read.
 */
export function askFirst(minor: number, asked: View["asked"], act: () => void): void {
  const nowMs = performance.now();
  if (asked?.minor !== minor) setView({ asked: { minor, atMs: nowMs } });
  else if (nowMs - asked.atMs >= doubleTouchMs) act();
}
