import { scrypt, timingSafeEqual } from "node:crypto";
import type { Person } from "../../sync/protocol/change.ts";
import { TillError } from "../contract/errors.ts";

/** What the PIN pad works with. `now` is in Unix milliseconds. */
export type PinPadOptions = { people(): readonly Person[]; now(): number };

/** Wrong PINs in a row before the pad waits, and for how long: 10,000 PINs would take a day. */
const mostWrong = 5;
const waitMs = 30_000;

/** Above what scrypt takes at the largest cost that a PIN may be kept with (128 MiB). */
const maximumMemoryBytes = 256 * 1024 * 1024;

/**
 * The pad on which somebody of the shop proves to be one. PINs are looked at one after the other, each against every
 * person of the shop, so that neither many calls at once nor the time that one takes tells anything.
 */
export class PinPad {
  readonly #options: PinPadOptions;
  #wrong = 0;
  #waitUntil = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: PinPadOptions) {
    this.#options = options;
  }

  /**
   * Whose PIN it is.
   * @throws TillError `staff.pin-wrong`, or `staff.pin-wait` with `seconds` after five wrong ones.
   */
  identify(pin: string): Promise<Person> {
    const turn = this.#last.then(() => this.#look(pin));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #look(pin: string): Promise<Person> {
    const waitedMs = this.#waitUntil - this.#options.now();
    // A clock that was put back must not lock the pad for longer than it says.
    if (waitedMs > 0 && waitedMs <= waitMs) {
      throw new TillError("staff.pin-wait", { seconds: Math.ceil(waitedMs / 1000) });
    }
    let found: Person | null = null;
    for (const person of this.#options.people()) {
      if ((await isPinOf(person, pin)) && found === null) found = person;
    }
    if (found === null) this.#countWrong();
    else this.#wrong = 0;
    if (found === null) throw new TillError("staff.pin-wrong");
    return found;
  }

  #countWrong(): void {
    this.#wrong += 1;
    if (this.#wrong < mostWrong) return;
    this.#wrong = 0;
    this.#waitUntil = this.#options.now() + waitMs;
  }
}

/** Compares in the same time whatever the digits are; the hash is made off this thread. */
async function isPinOf({ pin: kept }: Person, pin: string): Promise<boolean> {
  if (kept === undefined) return false;
  const expected = Buffer.from(kept.hashHex, "hex");
  const options = { N: kept.cost, r: 8, p: 1, maxmem: maximumMemoryBytes };
  const found = await new Promise<Buffer>((resolve, reject) => {
    scrypt(pin, Buffer.from(kept.saltHex, "hex"), expected.length, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
  return timingSafeEqual(found, expected);
}
