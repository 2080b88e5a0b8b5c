import fc from "fast-check";
import { expect, test } from "vitest";
import {
  wedgeAtRest,
  wedgeIdle,
  wedgeIdleMs,
  wedgeKey,
  type WedgeKey,
  type WedgeState,
} from "../../renderer/shared/wedge.ts";

type Struck = { character: string | null; isEnd?: boolean; isRepeat?: boolean; gapMs: number };

/** Plays keys as the page does: silence is told after its time, and what was held back goes where it was typed. */
function play(
  keys: readonly Struck[],
  isLenient = false,
): { scans: { text: string; leaked: number }[]; typed: string; heldEnds: number } {
  let state: WedgeState = wedgeAtRest;
  let nowMs = 1000;
  const scans: { text: string; leaked: number }[] = [];
  let typed = "";
  let heldEnds = 0;
  const take = (step: ReturnType<typeof wedgeKey>) => {
    state = step.state;
    typed += step.release;
    if (step.scan === null) return;
    scans.push(step.scan);
    typed = typed.slice(0, typed.length - step.scan.leaked);
  };
  for (const { character, isEnd = false, isRepeat = false, gapMs } of keys) {
    if (state.text !== "" && gapMs > wedgeIdleMs(isLenient)) take(wedgeIdle(state));
    nowMs += gapMs;
    const key: WedgeKey = { character, isEnd, isRepeat, isLenient, timeMs: nowMs };
    const step = wedgeKey(state, key);
    take(step);
    if (!step.hold && character !== null) typed += character;
    if (step.hold && isEnd) heldEnds += 1;
  }
  if (state.text !== "") take(wedgeIdle(state));
  return { scans, typed, heldEnds };
}

const letters = fc.string({
  minLength: 6,
  maxLength: 60,
  unit: fc.constantFrom(..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:%/-. "),
});
const fast = fc.integer({ min: 0, max: 40 });
const slow = fc.integer({ min: 41, max: 400 });

test("a scan is heard once and whole, fills no field, and its Enter presses nothing", () => {
  fc.assert(
    fc.property(letters, fc.array(fast, { minLength: 70, maxLength: 70 }), (text, gaps) => {
      const keys: Struck[] = [...text].map((character, index) => ({ character, gapMs: gaps[index] ?? 1 }));
      const heard = play([...keys, { character: null, isEnd: true, gapMs: gaps.at(-1) ?? 1 }]);
      expect(heard.scans.map((scan) => scan.text)).toEqual([text]);
      expect(heard.typed).toBe("");
      expect(heard.heldEnds).toBe(1);
    }),
  );
});

test("a scanner without an end key is heard after the silence", () => {
  fc.assert(
    fc.property(letters, (text) => {
      const heard = play([...text].map((character) => ({ character, gapMs: 5 })));
      expect(heard.scans.map((scan) => scan.text)).toEqual([text]);
      expect(heard.typed).toBe("");
    }),
  );
});

const end: Struck = { character: null, isEnd: true, gapMs: 5 };
const slowGap = fc.integer({ min: 41, max: 120 });

test("where typing has no meaning, a scan is heard also with slow gaps", () => {
  const alphanumeric = fc.string({ minLength: 6, maxLength: 30, unit: fc.constantFrom(..."0123456789ABCDEF") });
  fc.assert(
    fc.property(alphanumeric, fc.array(fc.oneof(fast, slowGap), { minLength: 31, maxLength: 31 }), (text, gaps) => {
      const keys = [...text].map((character, index): Struck => ({ character, gapMs: gaps[index] ?? 1 }));
      const heard = play([...keys, { ...end, gapMs: gaps.at(-1) ?? 1 }], true);
      expect(heard.scans.map((scan) => scan.text)).toEqual([text]);
      expect(heard).toMatchObject({ typed: "", heldEnds: 1 });
    }),
  );
});

test("where a person may type, a code with a slow gap arrives whole in the field, never as half a code", () => {
  const digits = fc.string({ minLength: 8, maxLength: 14, unit: fc.constantFrom(..."0123456789") });
  fc.assert(
    fc.property(digits, fc.integer({ min: 1, max: 5 }), slowGap, (text, place, gapMs) => {
      const keys = [...text].map((character, index): Struck => ({ character, gapMs: index === place ? gapMs : 5 }));
      expect(play([...keys, end])).toMatchObject({ scans: [], typed: text, heldEnds: 0 });
    }),
  );
});

test("a key for one more that is pressed five times quickly counts five times", () => {
  const five = play(
    [..."+++++"].map((character) => ({ character, gapMs: 90 })),
    true,
  );
  expect(five).toMatchObject({ scans: [], typed: "+++++" });
  const ended = play([...[..."++++++++"].map((character) => ({ character, gapMs: 90 })), end], true);
  expect(ended).toMatchObject({ scans: [], typed: "++++++++" });
});

test("what a person types arrives whole and in order, and is never taken for a scan", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(..."abc 123"), slow), { maxLength: 40 }), (typed) => {
      const heard = play(typed.map(([character, gapMs]) => ({ character, gapMs })));
      expect(heard.scans).toEqual([]);
      expect(heard.typed).toBe(typed.map(([character]) => character).join(""));
    }),
  );
});

test("whatever comes at whatever pace, each character ends in a field or in a scan, and none in both", () => {
  const key = fc.record({
    character: fc.constantFrom("a", "7", " ", null),
    isEnd: fc.boolean(),
    gapMs: fc.integer({ min: 0, max: 200 }),
  });
  fc.assert(
    fc.property(fc.array(key, { maxLength: 120 }), fc.boolean(), (raw, isLenient) => {
      const keys = raw.map((each) => (each.isEnd ? { ...each, character: null } : each));
      const heard = play(keys, isLenient);
      const sent = keys.map((each) => each.character ?? "").join("");
      const kept = heard.typed.length + heard.scans.reduce((sum, scan) => sum + scan.text.length, 0);
      expect(kept).toBe(sent.length);
    }),
  );
});

test("a short burst and a held key are a person: nothing is scanned, nothing is lost", () => {
  expect(play([..."12345"].map((character) => ({ character, gapMs: 4 })))).toMatchObject({ scans: [], typed: "12345" });
  const held = play([..."77777777"].map((character, index) => ({ character, isRepeat: index > 0, gapMs: 30 })));
  expect(held).toMatchObject({ scans: [], typed: "77777777" });
});

test("the second end key of a scanner that sends CR and LF presses nothing either", () => {
  const keys: Struck[] = [..."69012345"].map((character) => ({ character, gapMs: 3 }));
  const end: Struck = { character: null, isEnd: true, gapMs: 3 };
  expect(play([...keys, end, end]).heldEnds).toBe(2);
  // A person's Enter, later, still works.
  expect(play([...keys, end, { ...end, gapMs: 500 }]).heldEnds).toBe(1);
});

test("two scans right after each other are two scans", () => {
  const one = [..."69012345"].map((character) => ({ character, gapMs: 3 }));
  const end = { character: null, isEnd: true, gapMs: 3 };
  expect(play([...one, end, ...one, end]).scans.map((scan) => scan.text)).toEqual(["69012345", "69012345"]);
});
