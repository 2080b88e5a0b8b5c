import { faultOf, type Fault } from "../../main/contract/errors.ts";
import type { MethodInput, MethodName, MethodOutput, TillContract } from "../../main/contract/methods.ts";
import type { Timers } from "../../main/contract/wire.ts";
import type { Session } from "../shared/session.ts";

/** What the page knows of one question: the last answer stays in view whatever happens to the line. */
export type Known<T> = { readonly data: T | null; readonly fault: Fault | null };

const nothingKnown: Known<never> = { data: null, fault: null };

/** Answers that nobody looks at are kept so that a section opens with what it showed; no more than this many. */
const mostUnwatched = 40;

/** What the till was asked, answered once for all who look at it and asked again when the till has changed. */
export type TillData = {
  /** What is known of a question. The same object until something changes. */
  known<M extends MethodName<TillContract>>(
    method: M,
    input: MethodInput<TillContract, M>,
  ): Known<MethodOutput<TillContract, M>>;
  /**
   * Asks, and asks again whenever the till has changed, at most once in `everyMs`, until the returned function is
   * called. `listener` hears of every change of what is known.
   */
  watch<M extends MethodName<TillContract>>(
    method: M,
    input: MethodInput<TillContract, M>,
    everyMs: number,
    listener: () => void,
  ): () => void;
  /** Asks one question again that somebody looks at; what it is about lies outside the till. */
  again<M extends MethodName<TillContract>>(method: M, input: MethodInput<TillContract, M>): void;
  /** Asks everything again that somebody looks at: something was done that may have changed it. */
  refresh(): void;
  close(): void;
};

type Slot = {
  readonly method: MethodName<TillContract>;
  readonly input: unknown;
  known: Known<unknown>;
  readonly watchers: Map<() => void, number>;
  isAsking: boolean;
  isOld: boolean;
  askedAtMs: number;
  timer: unknown;
};

/** Opens the questions of a page over its line. `now` gives milliseconds that only rise. */
export function openTillData(session: Session<TillContract>, timers: Timers, now: () => number): TillData {
  const slots = new Map<string, Slot>();
  let seen = "";

  function slotOf(method: MethodName<TillContract>, input: unknown): Slot {
    const key = JSON.stringify([method, input]);
    const found = slots.get(key);
    if (found !== undefined) return found;
    const slot: Slot = {
      method,
      input,
      known: nothingKnown,
      watchers: new Map(),
      isAsking: false,
      isOld: true,
      askedAtMs: Number.NEGATIVE_INFINITY,
      timer: null,
    };
    slots.set(key, slot);
    return slot;
  }

  function forgetUnwatched(): void {
    const unwatched = [...slots].filter(([, { watchers, isAsking }]) => watchers.size === 0 && !isAsking);
    for (const [key] of unwatched.slice(0, Math.max(0, unwatched.length - mostUnwatched))) slots.delete(key);
  }

  function tell(slot: Slot, known: Known<unknown>): void {
    slot.known = known;
    for (const listener of slot.watchers.keys()) listener();
  }

  function plan(slot: Slot): void {
    if (slot.watchers.size === 0 || slot.isAsking || slot.timer !== null || !slot.isOld) return;
    if (session.state().phase !== "ready") return;
    const dueMs = slot.askedAtMs + Math.min(...slot.watchers.values());
    const waitMs = Math.max(0, dueMs - now());
    if (waitMs === 0) void ask(slot);
    else {
      slot.timer = timers.setTimer(() => {
        slot.timer = null;
        void ask(slot);
      }, waitMs);
    }
  }

  async function ask(slot: Slot): Promise<void> {
    slot.isAsking = true;
    slot.isOld = false;
    slot.askedAtMs = now();
    try {
      const data = await session.call(slot.method, slot.input as never);
      tell(slot, { data, fault: null });
    } catch (error) {
      tell(slot, { data: slot.known.data, fault: faultOf(error) });
    } finally {
      slot.isAsking = false;
    }
    plan(slot);
  }

  function stop(slot: Slot): void {
    timers.clearTimer(slot.timer);
    slot.timer = null;
  }

  function makeOld(slot: Slot): void {
    slot.isOld = true;
    plan(slot);
  }

  function askNow(slot: Slot): void {
    stop(slot);
    slot.askedAtMs = Number.NEGATIVE_INFINITY;
    makeOld(slot);
  }

  /** A till that started again counts its versions anew, and one that comes back may have changed meanwhile. */
  const unsubscribe = session.subscribe(() => {
    const { phase, snapshot } = session.state();
    const state = `${phase} ${snapshot?.run} ${snapshot?.version}`;
    if (state === seen) return;
    seen = state;
    for (const slot of slots.values()) makeOld(slot);
  });

  return {
    known: (method, input) => slotOf(method, input).known as Known<never>,
    watch(method, input, everyMs, listener) {
      const slot = slotOf(method, input);
      slot.watchers.set(listener, everyMs);
      plan(slot);
      return () => {
        slot.watchers.delete(listener);
        if (slot.watchers.size === 0) stop(slot);
        forgetUnwatched();
      };
    },
    again: (method, input) => askNow(slotOf(method, input)),
    refresh() {
      for (const slot of slots.values()) askNow(slot);
    },
    close() {
      unsubscribe();
      for (const slot of slots.values()) {
        slot.watchers.clear();
        stop(slot);
      }
    },
  };
}
