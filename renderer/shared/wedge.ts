/**
 * Tells a scanner that types (a keyboard wedge) from a person who types. Pure: every key comes with its time.
 *
 * A scanner's keys follow each other within 40 ms, which people do not keep up over six keys; gaps of 1 to 19 ms were
 * measured on common scanners. The first three keys pass, because a person may have struck them; from then on keys are
 * held back until it is clear what they were, so that a scan neither fills a field nor presses a key.
 *
 * A busy machine can make one gap long. Where typing has no meaning a long gap is forgiven, because an end key tells a
 * code from a person's keys; where it has a meaning, what follows a long gap within a code is left to the field, so that
 * the end of a code is never taken for a whole one.
 */

const longestGapMs = 40;
/** The longest gap that is still one code and not two. */
const longestSlowGapMs = 120;
const idleMs = 80;
const lenientIdleMs = 160;

/** After this much silence a burst is over, with or without an end key. It is longer where long gaps are forgiven. */
export function wedgeIdleMs(isLenient: boolean): number {
  return isLenient ? lenientIdleMs : idleMs;
}

const shortestScan = 6;
/** A QR code holds 4,296 characters at most. */
const longestScan = 4296;
const keysBeforeHolding = 3;

/** What the detector remembers between keys. */
export type WedgeState = {
  /** Every character of the burst so far; the first `passed` of them have gone on to the page. */
  readonly text: string;
  readonly passed: number;
  readonly lastMs: number;
  /** The last key was a digit, so that a digit soon after it may belong to the same code. */
  readonly isAfterDigit: boolean;
  /** No gap of the burst was a long one. */
  readonly isTight: boolean;
  /** The burst is the rest of a code whose beginning has gone to a field. */
  readonly isRest: boolean;
  /** Until then a second end key belongs to the scan that just ended (scanners that send CR and LF). */
  readonly swallowEndUntilMs: number;
};

/** A key as the page hears it. `character` is a single character, or null for a key that types none. */
export type WedgeKey = {
  readonly character: string | null;
  readonly isEnd: boolean;
  readonly isRepeat: boolean;
  /** Typing has no meaning where the focus is, so that a long gap is forgiven. */
  readonly isLenient: boolean;
  readonly timeMs: number;
};

/** What the page does about a key. */
export type WedgeStep = {
  readonly state: WedgeState;
  /** The key must not reach the page. */
  readonly hold: boolean;
  /** Characters that were held back from a person: they go where the person was typing, before this key. */
  readonly release: string;
  /** A whole code. The first `leaked` of its characters had reached the page and are to be taken back. */
  readonly scan: { readonly text: string; readonly leaked: number } | null;
};

/** A detector that has heard nothing. */
export const wedgeAtRest: WedgeState = {
  text: "",
  passed: 0,
  lastMs: Number.NEGATIVE_INFINITY,
  isAfterDigit: false,
  isTight: true,
  isRest: false,
  swallowEndUntilMs: Number.NEGATIVE_INFINITY,
};

/** Hears one key. */
export function wedgeKey(state: WedgeState, key: WedgeKey): WedgeStep {
  if (key.isRepeat) return pass(restOf(state), heldIn(state));
  const gapMs = key.timeMs - state.lastMs;
  const isFast = gapMs <= (key.isLenient ? longestSlowGapMs : longestGapMs) && state.text !== "";
  if (key.isEnd) return endKey(state, key.timeMs, isFast);
  if (key.character === null) return pass(restOf(state), heldIn(state));
  if (!isFast || state.text.length >= longestScan) return pass(begin(state, key.character, key), heldIn(state));
  // A space or an end key would press the key in focus, so neither waits for the third character.
  const hold = state.text.length >= keysBeforeHolding || state.passed < state.text.length || key.character === " ";
  return {
    state: {
      ...state,
      text: state.text + key.character,
      passed: hold ? state.passed : state.passed + 1,
      lastMs: key.timeMs,
      isAfterDigit: isDigit(key.character),
      isTight: state.isTight && gapMs <= longestGapMs,
    },
    hold,
    release: "",
    scan: null,
  };
}

/** Hears that `wedgeIdleMs` have gone by without a key. Without an end key only an even burst is a code. */
export function wedgeIdle(state: WedgeState): WedgeStep {
  if (state.text.length >= shortestScan && state.isTight && !state.isRest) {
    return { state: restOf(state), hold: false, release: "", scan: { text: state.text, leaked: state.passed } };
  }
  return pass(restOf(state), heldIn(state));
}

function endKey(state: WedgeState, timeMs: number, isFast: boolean): WedgeStep {
  const isCode = state.isTight || /[0-9a-z]/i.test(state.text);
  if (isFast && isCode && !state.isRest && state.text.length >= shortestScan) {
    return {
      state: { ...wedgeAtRest, swallowEndUntilMs: timeMs + idleMs },
      hold: true,
      release: "",
      scan: { text: state.text, leaked: state.passed },
    };
  }
  if (state.text === "" && timeMs <= state.swallowEndUntilMs) {
    return { state, hold: true, release: "", scan: null };
  }
  return pass(restOf(state), heldIn(state));
}

function isDigit(character: string): boolean {
  return /^\d$/.test(character);
}

function begin(state: WedgeState, character: string, { timeMs, isLenient }: WedgeKey): WedgeState {
  const isSoon = timeMs - state.lastMs <= longestSlowGapMs;
  return {
    text: character,
    passed: 1,
    lastMs: timeMs,
    isAfterDigit: isDigit(character),
    isTight: true,
    isRest: !isLenient && isSoon && state.isAfterDigit && isDigit(character),
    swallowEndUntilMs: state.swallowEndUntilMs,
  };
}

/** Nothing is being heard, but when the last key came is remembered. */
function restOf({ lastMs, isAfterDigit, swallowEndUntilMs }: WedgeState): WedgeState {
  return { ...wedgeAtRest, lastMs, isAfterDigit, swallowEndUntilMs };
}

/** What a person typed and has not seen yet. */
function heldIn(state: WedgeState): string {
  return state.text.slice(state.passed);
}

function pass(state: WedgeState, release: string): WedgeStep {
  return { state, hold: false, release, scan: null };
}
