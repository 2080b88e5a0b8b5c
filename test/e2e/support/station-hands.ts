import { stationOf, type CounterContract, type StationId } from "../../../main/contract/counter.ts";
import type { Window } from "../../../main/demo/window.ts";

/** The hands at one station of the shop, and the eyes on its paper. */
export class StationHands {
  readonly #counter: Window<CounterContract>;
  readonly #station: StationId;

  constructor(counter: Window<CounterContract>, station: StationId) {
    this.#counter = counter;
    this.#station = station;
  }

  /** Holds a good of the shelf, by its English name, under the scanner. */
  async scan(name: string): Promise<void> {
    const good = this.#counter.snapshot().goods.find((candidate) => candidate.name.en === name);
    if (good === undefined) throw new Error(`The shelf has no ${name}`);
    await this.#counter.call("scanner.scan-good", { station: this.#station, goodId: good.id });
  }

  /** Holds the pay code of the first shopper who has so much under the scanner. */
  async showWallet(balanceAtLeastMinor: number): Promise<void> {
    const shopper = this.#counter.snapshot().shoppers.find(({ balanceMinor }) => balanceMinor >= balanceAtLeastMinor);
    if (shopper === undefined) throw new Error("No shopper has that much");
    await this.#counter.call("shopper.show-code", { shopperId: shopper.id });
    await this.#counter.call("shopper.scan-code", { station: this.#station });
  }

  /** How many papers have come out of the printer. */
  papers(): number {
    return stationOf(this.#counter.snapshot(), this.#station).paper.length;
  }

  /** The words on the newest paper, as the printer's own bytes say them. */
  paper(): string {
    return this.#lines()
      .map((line) => (line.kind === "text" ? line.text : ""))
      .join("\n");
  }

  /** The code at the end of the newest paper. */
  codeOnPaper(): string | undefined {
    return this.#lines().find((line) => line.kind === "qr")?.text;
  }

  #lines() {
    return stationOf(this.#counter.snapshot(), this.#station).paper.at(-1)?.lines ?? [];
  }
}
