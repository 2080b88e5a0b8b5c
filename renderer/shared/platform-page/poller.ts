import { pollDelayMs, type Pace } from "./pace.ts";
import type { PageParts } from "./page-parts.ts";
import type { Signal } from "./signal.ts";

/** What is asked again and again, and how often. */
export type PollerOptions = {
  readonly parts: Pick<PageParts, "now" | "isVisible" | "timers">;
  readonly pace: Pace;
  /** 0 to 1: how much of a longer pause is waited for. */
  random(): number;
  /** One round of questions, which never rejects; null where there is nothing to ask until `poll` is called again. */
  ask(): Promise<void> | null;
  signal(): Signal;
  onSignal(signal: Signal): void;
};

/** Asks the platform again and again, one round at a time, and less often while it does not answer. */
export class Poller {
  readonly #options: PollerOptions;
  #timer: unknown = null;
  #isAsking = false;
  #isWantedAgain = false;
  #misses = 0;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  /** Asks now; while a round is under way, once more as soon as it is over. */
  poll(): void {
    if (this.#isAsking) {
      this.#isWantedAgain = true;
      return;
    }
    this.rest();
    const round = this.#options.ask();
    if (round === null) return;
    this.#isAsking = true;
    void round.finally(() => {
      this.#isAsking = false;
      const delayMs = this.#isWantedAgain ? 0 : this.#delayMs();
      this.#isWantedAgain = false;
      this.#timer = this.#options.parts.timers.setTimer(() => this.poll(), delayMs);
    });
  }

  /** Begins again at full pace after nobody looked. */
  wake(): void {
    this.#misses = 0;
    this.poll();
  }

  /** Asks no more of itself, until `poll` is called. */
  rest(): void {
    if (this.#timer !== null) this.#options.parts.timers.clearTimer(this.#timer);
    this.#timer = null;
  }

  /** The platform has answered what was asked. */
  answered(): void {
    this.#misses = 0;
    if (this.#options.signal().kind !== "here") this.#options.onSignal({ kind: "here" });
  }

  /** Something did not get its answer: the next question waits longer. */
  missed(): void {
    this.#misses += 1;
  }

  /** The platform did not answer at all. It is away since the first time. */
  missedPlatform(): void {
    this.missed();
    const { parts, signal, onSignal } = this.#options;
    if (signal().kind !== "away") onSignal({ kind: "away", since: parts.now() });
  }

  #delayMs(): number {
    const { parts, pace, random } = this.#options;
    return pollDelayMs(pace, { isVisible: parts.isVisible(), misses: this.#misses }, random());
  }
}
