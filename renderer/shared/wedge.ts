/**
 * Tells a scanner that types (a keyboard wedge) from a person who types. Pure: every key comes with its time.
 *
 * A scanner's keys follow each other within 40 ms, which people do not keep up over six keys; gaps of 1 to 19 ms were
 * measured on common scanners. The first three keys pass, because a person may have struck them; from then on keys are
 * held back until it is clear what they were, so that a scan neither fills a field nor presses a key.
 */

const longestGapMs = 40;
/** After this much silence a burst is over, with or without an end key. */
export const wedgeIdleMs = 80;
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
  /** Until then a second end key belongs to the scan that just ended (scanners that send CR and LF). */
  readonly swallowEndUntilMs: number;
};

/** A key as the page hears it. `character` is a single character, or null for a key that types none. */
export type WedgeKey = {
  readonly character: string | null;
  readonly isEnd: boolean;
  readonly isRepeat: boolean;
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
  swallowEndUntilMs: Number.NEGATIVE_INFINITY,
};

/** Hears one key. */
export function wedgeKey(state: WedgeState, key: WedgeKey): WedgeStep {
  if (key.isRepeat) return pass(restOf(state), heldIn(state));
  const isFast = key.timeMs - state.lastMs <= longestGapMs && state.text !== "";
  if (key.isEnd) return endKey(state, key.timeMs, isFast);
  if (key.character === null) return pass(restOf(state), heldIn(state));
  if (!isFast) return pass(begin(state, key.character, key.timeMs), heldIn(state));
  if (state.text.length >= longestScan) return pass(begin(state, key.character, key.timeMs), heldIn(state));
  // A space or an end key would press the key in focus, so neither waits for the third character.
  const hold = state.text.length >= keysBeforeHolding || state.passed < state.text.length || key.character === " ";
  return {
    state: {
      ...state,
      text: state.text + key.character,
      passed: hold ? state.passed : state.passed + 1,
      lastMs: key.timeMs,
    },
    hold,
    release: "",
    scan: null,
  };
}

/** Hears that `wedgeIdleMs` have gone by without a key. */
export function wedgeIdle(state: WedgeState): WedgeStep {
  if (state.text.length >= shortestScan) {
    return { state: restOf(state), hold: false, release: "", scan: { text: state.text, leaked: state.passed } };
  }
  return pass(restOf(state), heldIn(state));
}

function endKey(state: WedgeState, timeMs: number, isFast: boolean): WedgeStep {
  if (isFast && state.text.length >= shortestScan) {
    return {
      state: { ...wedgeAtRest, swallowEndUntilMs: timeMs + wedgeIdleMs },
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

function begin(state: WedgeState, character: string, timeMs: number): WedgeState {
  return { text: character, passed: 1, lastMs: timeMs, swallowEndUntilMs: state.swallowEndUntilMs };
}

function restOf(state: WedgeState): WedgeState {
  return { ...wedgeAtRest, swallowEndUntilMs: state.swallowEndUntilMs };
}

/** What a person typed and has not seen yet. */
function heldIn(state: WedgeState): string {
  return state.text.slice(state.passed);
}

function pass(state: WedgeState, release: string): WedgeStep {
  return { state, hold: false, release, scan: null };
}
