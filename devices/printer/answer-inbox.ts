import type { Clock, Timer } from "../clock.ts";
import type { PrinterAnswer } from "./escpos-status.ts";
import type { StatusQuestion } from "./printer-condition.ts";

/** How waiting for an answer ended. */
export type Awaited<Answer> = { kind: "answer"; answer: Answer } | { kind: "timeout" } | { kind: "lost" };

/** An answer that is expected. It is set up before the question leaves, so that a quick answer is not missed. */
export interface Expectation<Answer> {
  /** Resolves with the answer, or after `timeoutMs`, or when the connection is lost. May be called again after a timeout. */
  within(timeoutMs: number): Promise<Awaited<Answer>>;
  /** Stops listening. */
  cancel(): void;
}

interface Waiter {
  offer(answer: PrinterAnswer): void;
  lose(): void;
}

interface OpenQuestion {
  question: StatusQuestion;
  askedAtMs: number;
}

/** An answer later than this belongs to no question any more; `DLE EOT` is answered in milliseconds or not at all. */
const answerLifeMs = 2_000;
const mostOpenQuestions = 16;

/** Brings a printer's answers to those who wait for them, for one connection. */
export class AnswerInbox {
  readonly #clock: Clock;
  readonly #waiters = new Set<Waiter>();
  #openQuestions: OpenQuestion[] = [];
  #isLost = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes that `DLE EOT question` leaves now. Answers come in the order of the questions. */
  asked(question: StatusQuestion): void {
    this.#openQuestions.push({ question, askedAtMs: this.#clock.now() });
    if (this.#openQuestions.length > mostOpenQuestions) this.#openQuestions.shift();
  }

  /** Which question a real-time answer that arrives now belongs to. */
  takeQuestion(): StatusQuestion | undefined {
    this.#forgetOldQuestions();
    return this.#openQuestions.shift()?.question;
  }

  /** How long until no earlier question can be answered any more; 0 when none is open. */
  openQuestionsForMs(): number {
    this.#forgetOldQuestions();
    const newest = this.#openQuestions.at(-1);
    return newest === undefined ? 0 : newest.askedAtMs + answerLifeMs - this.#clock.now();
  }

  #forgetOldQuestions(): void {
    const oldestMs = this.#clock.now() - answerLifeMs;
    this.#openQuestions = this.#openQuestions.filter((open) => open.askedAtMs > oldestMs);
  }

  /** Hands an answer to everybody who waits for one like it. */
  deliver(answer: PrinterAnswer): void {
    for (const waiter of this.#waiters) waiter.offer(answer);
  }

  /** Says that no more answers will come on this connection. */
  lose(): void {
    this.#isLost = true;
    for (const waiter of this.#waiters) waiter.lose();
    this.#waiters.clear();
  }

  /** Begins to listen for the first answer that `pick` recognises. */
  expect<Answer>(pick: (answer: PrinterAnswer) => Answer | undefined): Expectation<Answer> {
    let settled: Awaited<Answer> | undefined = this.#isLost ? { kind: "lost" } : undefined;
    let wake: (() => void) | undefined;
    const settle = (result: Awaited<Answer>): void => {
      settled ??= result;
      this.#waiters.delete(waiter);
      wake?.();
    };
    const waiter: Waiter = {
      offer(answer) {
        const picked = pick(answer);
        if (picked !== undefined) settle({ kind: "answer", answer: picked });
      },
      lose: () => settle({ kind: "lost" }),
    };
    if (settled === undefined) this.#waiters.add(waiter);
    return {
      within: (timeoutMs) =>
        new Promise((resolve) => {
          if (settled !== undefined) {
            resolve(settled);
            return;
          }
          const timer: Timer = this.#clock.setTimer(() => {
            wake = undefined;
            resolve({ kind: "timeout" });
          }, timeoutMs);
          wake = () => {
            this.#clock.clearTimer(timer);
            resolve(settled ?? { kind: "timeout" });
          };
        }),
      cancel: () => {
        this.#waiters.delete(waiter);
      },
    };
  }
}
