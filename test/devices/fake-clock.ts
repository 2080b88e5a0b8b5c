import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock, Timer } from "../../devices/clock.ts";

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #nowMs = 1_800_000_000_000;
  readonly #timers = new Map<Timer, { dueMs: number; callback: () => void }>();

  now(): number {
    return this.#nowMs;
  }

  setTimer(callback: () => void, delayMs: number): Timer {
    const timer: Timer = {};
    this.#timers.set(timer, { dueMs: this.#nowMs + delayMs, callback });
    return timer;
  }

  clearTimer(timer: Timer): void {
    this.#timers.delete(timer);
  }

  /** How many timers are still set: none may be left after a device has stopped. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** Moves on, firing what falls due in order; lets promises settle before and after each. */
  async advance(byMs: number): Promise<void> {
    const endMs = this.#nowMs + byMs;
    await nextTurn();
    for (let next = this.#nextDue(endMs); next !== undefined; next = this.#nextDue(endMs)) {
      const [timer, { dueMs, callback }] = next;
      this.#timers.delete(timer);
      this.#nowMs = Math.max(this.#nowMs, dueMs);
      callback();
      await nextTurn();
    }
    this.#nowMs = endMs;
  }

  #nextDue(endMs: number): [Timer, { dueMs: number; callback: () => void }] | undefined {
    const due = [...this.#timers].filter(([, { dueMs }]) => dueMs <= endMs);
    return due.toSorted(([, one], [, other]) => one.dueMs - other.dueMs)[0];
  }
}

/**
 * Lets simulated time pass beside real sockets until the work is done. Each step is short and leaves the sockets several
 * turns of the event loop, so that a loopback answer is never later than a time-out.
 */
export async function passTimeUntil<Value>(clock: FakeClock, work: Promise<Value>): Promise<Value> {
  const progress = { isDone: false };
  const finish = (): void => {
    progress.isDone = true;
  };
  work.then(finish, finish);
  while (!progress.isDone) {
    for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    await clock.advance(10);
  }
  return work;
}

/** The same, until something holds. */
export function passTimeUntilTrue(clock: FakeClock, holds: () => boolean, what: string): Promise<void> {
  return passTimeUntil(
    clock,
    (async () => {
      for (let turn = 0; !holds(); turn += 1) {
        if (turn > 40_000) throw new Error(`It never came true: ${what}`);
        await nextTurn();
      }
    })(),
  );
}
