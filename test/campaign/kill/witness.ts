import { closeSync, openSync, writeSync } from "node:fs";
import type { Head } from "../../../sync/protocol/entry.ts";

/** What somebody outside the till has seen or asked for, in the order in which it happened. */
export type Seen =
  /** A till was started. */
  | { what: "started"; task: string; step: string }
  /** It is dead; how. */
  | { what: "died"; how: string }
  /** Goods of this sale were to be paid; the till may settle it from now on. */
  | { what: "pay"; saleId: string }
  /** This sale was to be given back. */
  | { what: "give-back"; saleId: string }
  /** The shift was to be closed with this count. */
  | { what: "close-shift"; countedMinor: number }
  /** The window said that a sale or a refund is stored: in an answer, or by showing it. */
  | { what: "settled"; kind: "sale" | "refund"; saleId: string; receiptCode: string; totalMinor: number }
  /** What the window said of the money: given back as change, or paid out. */
  | { what: "money"; saleId: string; receiptCode: string; outMinor: number }
  | {
      what: "shift-closed";
      shift: string;
      sales: number;
      salesMinor: number;
      expectedMinor: number;
      differenceMinor: number;
    }
  | { what: "backup"; file: string; head: Head }
  /** A receipt was cut off, its code read by a scanner. `copy`: it says that it is one. */
  | { what: "printed"; code: string; seq: number; hashStart: string; copy: boolean }
  | { what: "pulsed" }
  /** The platform answered that it has taken everything up to here. */
  | { what: "taken"; head: Head }
  | { what: "charge"; paymentId: string; state: string; amountMinor: number }
  | { what: "reversal"; paymentId: string; state: string };

/**
 * Writes down what is seen of a till from outside, one line each, outside the till's folder. Nothing that stands here is ever
 * changed; the checker holds the till's books against it.
 */
export class Witness {
  readonly seen: Seen[] = [];
  readonly #file: number;

  constructor(file: string) {
    this.#file = openSync(file, "ax", 0o600);
  }

  /** Writes a line. */
  note(seen: Seen): void {
    writeSync(this.#file, `${JSON.stringify(seen)}\n`);
    this.seen.push(seen);
  }

  /** All lines of one kind. */
  all<What extends Seen["what"]>(what: What): Extract<Seen, { what: What }>[] {
    return this.seen.filter((each): each is Extract<Seen, { what: What }> => each.what === what);
  }

  /** Lets go of the file. */
  close(): void {
    closeSync(this.#file);
  }
}
