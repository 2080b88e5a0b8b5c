import type { MethodInput, MethodName, MethodOutput, TillContract } from "../../../main/contract/methods.ts";
import type { End, TillProcess } from "./tills.ts";
import type { Command, Said, View } from "./wire.ts";

/** How a till ended. `step` is the one at which it killed itself; `words` what it said of its own end. */
export type Death = End & { step?: string };

/** The till is dead: what was under way at its window has no answer. */
export class Dead extends Error {}

/** The till refused a call. `code` is its error code. */
export class Refused extends Error {
  readonly code: string;
  constructor(method: string, code: string) {
    super(`${method} was refused with ${code.slice(0, 300)}`);
    this.code = code;
  }
}

/** A call that was sent and not answered yet. */
export type OpenCall = { method: string; input: unknown };

/** Who hears what the till says, in its order. */
export type WindowEvents = {
  shown(view: View): void;
  answered(call: OpenCall, value: unknown): void;
  trouble(words: string): void;
};

type Waiting = { call: OpenCall; resolve(value: unknown): void; reject(error: Error): void };

/** A till in a process of its own, and the window in front of it. */
export class TillWindow {
  /** Resolves with the first view, or null when the till died before it showed anything. */
  readonly ready: Promise<View | null>;
  readonly died: Promise<Death>;
  readonly #process: TillProcess;
  readonly #events: WindowEvents;
  readonly #calls = new Map<number, Waiting>();
  readonly #watchers = new Set<() => void>();
  readonly #isReady = Promise.withResolvers<View | null>();
  #view: View | undefined;
  #step: string | undefined;
  #words = "";
  #isDead = false;
  #nextId = 1;

  constructor(process: TillProcess, events: WindowEvents) {
    this.#process = process;
    this.#events = events;
    this.ready = this.#isReady.promise;
    process.hear((line) => this.#hear(JSON.parse(line) as Said));
    this.died = process.ended.then((end) => this.#end(end));
  }

  /** What is shown now. */
  get view(): View {
    if (this.#view === undefined) throw new Dead("Nothing was shown");
    return this.#view;
  }

  /** Calls without an answer. */
  get openCalls(): OpenCall[] {
    return [...this.#calls.values()].map(({ call }) => call);
  }

  /** Asks the till. @throws Refused; Dead. */
  call<M extends MethodName<TillContract>>(
    method: M,
    input: MethodInput<TillContract, M>,
    role = "cashier",
  ): Promise<MethodOutput<TillContract, M>> {
    return this.#send({ method, input }, (id) => ({ id, method, input, role })) as Promise<
      MethodOutput<TillContract, M>
    >;
  }

  /** Has the till put itself away. */
  async close(): Promise<Death> {
    await this.#send({ method: "close", input: {} }, (id) => ({ id, close: true }));
    return this.died;
  }

  /** Waits until what is shown is as it should be. Gives false when that takes too long. @throws Dead. */
  async until(is: (view: View) => boolean, mostMs: number): Promise<boolean> {
    if (this.#view !== undefined && is(this.#view)) return true;
    if (this.#isDead) throw new Dead("The till is dead");
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), mostMs);
    const look = () => {
      if (this.#isDead) reject(new Dead("The till is dead"));
      else if (is(this.view)) resolve(true);
    };
    this.#watchers.add(look);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#watchers.delete(look);
    }
  }

  /** Waits for the till's death for so long. */
  async diesWithin(mostMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), mostMs);
    });
    const isDead = await Promise.race([this.died.then(() => true), patience]);
    clearTimeout(timer);
    return isDead;
  }

  /** Kills the till from outside and waits for its end. */
  async kill(): Promise<Death> {
    this.#process.kill();
    return this.died;
  }

  #send(call: OpenCall, command: (id: number) => Command): Promise<unknown> {
    if (this.#isDead) return Promise.reject(new Dead("The till is dead"));
    const id = this.#nextId;
    this.#nextId += 1;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#calls.set(id, { call, resolve, reject });
    this.#process.write(JSON.stringify(command(id)));
    return promise;
  }

  #hear(said: Said): void {
    if ("ready" in said) {
      this.#show(said.ready);
      this.#isReady.resolve(said.ready);
    } else if ("shown" in said) this.#show(said.shown);
    else if ("answer" in said) {
      const waiting = this.#take(said.answer);
      this.#events.answered(waiting.call, said.value);
      waiting.resolve(said.value);
    } else if ("refused" in said) {
      const waiting = this.#take(said.refused);
      waiting.reject(new Refused(waiting.call.method, said.code));
    } else if ("dying" in said) this.#step = said.dying;
    else if ("trouble" in said) this.#events.trouble(said.trouble);
    else this.#words += said.failed;
  }

  #take(id: number): Waiting {
    const waiting = this.#calls.get(id);
    if (waiting === undefined) throw new Error(`The till answers call ${id}, which is not open`);
    this.#calls.delete(id);
    return waiting;
  }

  #show(view: View): void {
    this.#view = view;
    this.#events.shown(view);
    for (const look of this.#watchers) look();
  }

  #end(end: End): Death {
    this.#isDead = true;
    this.#isReady.resolve(null);
    for (const look of this.#watchers) look();
    // Left in the list of open calls: what was under way at the end is part of what the window knows.
    for (const { reject, call } of this.#calls.values())
      reject(new Dead(`The till died before it answered ${call.method}`));
    return { ...end, words: end.words + this.#words, ...(this.#step === undefined ? {} : { step: this.#step }) };
  }
}
