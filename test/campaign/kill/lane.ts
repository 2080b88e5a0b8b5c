import { openLine, type Line, type LineWatch, type Passing } from "./line.ts";
import { WatchedPrinter, type CutReceipt } from "./printer.ts";
import type { Shop } from "./shop.ts";
import type { Step } from "./steps.ts";
import type { Tills } from "./tills.ts";
import type { TillWindow } from "./window.ts";
import type { Witness } from "./witness.ts";

/** One till at a time, from its start to its death. */
export type Run = {
  window: TillWindow;
  witness: Witness;
  /** The step at which somebody outside kills it, and at which of its times. */
  outside?: { step: Step; time: number };
  losesCharge: boolean;
  /** The outside step at which it was killed. */
  killedAt?: string;
};

/** What stands around one till: a cable to the platform and a printer, both watched, both able to kill it. */
export class Lane implements LineWatch {
  readonly shop: Shop;
  readonly tills: Tills;
  readonly #printer = new WatchedPrinter();
  #printerPort = 0;
  #line: Line | undefined;
  #run: Run | undefined;

  /** Sets up what stands around a till. */
  static async open(shop: Shop, tills: Tills): Promise<Lane> {
    const lane = new Lane(shop, tills);
    lane.#line = await openLine(shop.url, lane);
    lane.#printerPort = await lane.#printer.start();
    return lane;
  }

  private constructor(shop: Shop, tills: Tills) {
    this.shop = shop;
    this.tills = tills;
  }

  /** Where the platform is, for this till. */
  get platformUrl(): string {
    return this.#line?.url ?? "";
  }

  /** Where the printer is. */
  get printerPort(): number {
    return this.#printerPort;
  }

  /** Watches this till from now on. */
  begin(run: Run): void {
    this.#run = run;
    this.#printer.watchFor({
      pulsed: () => {
        run.witness.note({ what: "pulsed" });
        void this.#killAt(run, "drawer.pulsed");
      },
      cut: (receipt: CutReceipt) => {
        run.witness.note({ what: "printed", ...receipt });
        void this.#killAt(run, "paper.cut");
      },
    });
  }

  async arrived({ asked }: Passing): Promise<void> {
    if (this.#run !== undefined && asked !== "other") await this.#killAt(this.#run, `${asked}.arrived`);
  }

  async answered(passing: Passing): Promise<"pass" | "lose"> {
    const run = this.#run;
    if (run === undefined || passing.asked === "other") return "pass";
    noteAnswer(run.witness, passing);
    const names = { charge: "charge.made", reversal: "reversal.made", push: "push.stored", enrolment: "enrol.made" };
    if (await this.#killAt(run, names[passing.asked])) return "lose";
    if (passing.asked !== "charge" || !run.losesCharge) return "pass";
    run.losesCharge = false;
    return "lose";
  }

  /** Switches everything off. */
  async close(): Promise<void> {
    await this.#line?.close();
    await this.#printer.stop();
  }

  /** Kills the till if this is its step. What arrives after its death is done all the same. */
  async #killAt(run: Run, name: string): Promise<boolean> {
    const { outside, window } = run;
    if (outside?.step.name !== name || run.killedAt !== undefined) return false;
    outside.time -= 1;
    if (outside.time > 0) return false;
    run.killedAt = name;
    await window.kill();
    return true;
  }
}

function noteAnswer(witness: Witness, { asked, status, answer }: Passing): void {
  if (status !== 200) return;
  const said = JSON.parse(answer) as { state: string; paymentId: string; amountMinor: number; mark: Head };
  if (asked === "push") witness.note({ what: "taken", head: said.mark });
  else if (asked === "charge") {
    witness.note({ what: "charge", paymentId: said.paymentId, state: said.state, amountMinor: said.amountMinor });
  } else if (asked === "reversal") witness.note({ what: "reversal", paymentId: said.paymentId, state: said.state });
}

type Head = { seq: number; hash: string };
