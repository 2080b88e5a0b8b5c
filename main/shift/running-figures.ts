import { setImmediate as nextTurn } from "node:timers/promises";
import type { Ledger } from "../ledger/open.ts";
import type { OpenShift } from "../ledger/till-reads.ts";
import { addEntry, emptyFigures, type Figures } from "./shift-figures.ts";
import { nextPart } from "./stretch.ts";

/** What of a shift has been added up, and up to which entry. */
type Read = { shift: string; upToSeq: number; figures: Figures };

/**
 * What the open shift has come to, from its entries. What has been added up is kept in memory, so that a report or a closing
 * costs what has happened since the last one and not the whole shift: that of a kiosk may be months long.
 */
export class RunningFigures {
  readonly #ledger: Pick<Ledger, "openShift" | "entriesAfter" | "head">;
  #read: Read | null = null;

  constructor(ledger: Pick<Ledger, "openShift" | "entriesAfter" | "head">) {
    this.#ledger = ledger;
  }

  /** Reads what is missing in parts and lets scans and payments in between, so that what comes after is quick. */
  async catchUp(): Promise<void> {
    for (;;) {
      const shift = this.#ledger.openShift();
      if (shift === undefined || !this.#readPart(shift)) return;
      await nextTurn();
    }
  }

  /** The figures of the open shift up to the newest entry. They go on counting: whoever keeps them copies them. */
  of(shift: OpenShift): Figures {
    while (this.#readPart(shift));
    return this.#known(shift).figures;
  }

  #known({ shift, openedSeq }: OpenShift): Read {
    if (this.#read?.shift !== shift) this.#read = { shift, upToSeq: openedSeq, figures: emptyFigures() };
    return this.#read;
  }

  /** Reads the next entries; false where there are none. */
  #readPart(shift: OpenShift): boolean {
    const read = this.#known(shift);
    const part = nextPart(this.#ledger, read.upToSeq, this.#ledger.head().seq);
    if (part === undefined) return false;
    for (const entry of part.entries) addEntry(read.figures, entry);
    read.upToSeq = part.upToSeq;
    return true;
  }
}
