import { beforeAll, describe, expect, test } from "vitest";
import { countCalls, type FailedCase, failCalls } from "./failing-calls.ts";
import { type FailingCase, failingSteps } from "./failing-case.ts";
import { recorderMissing } from "./recorder.ts";

/** Every flush of a step: failing once in a program that then ends, or, every second one, failing on in one that goes on. */
function casesOf({ step, flushes }: { step: FailingCase["step"]; flushes: number }): FailingCase[] {
  const numbers = Array.from({ length: flushes }, (_, index) => index + 1);
  const ends = { how: "once", closes: false } as const;
  const goesOn = { how: "on", closes: true } as const;
  return numbers.flatMap((number) => {
    const ways = number % 2 === 1 ? [ends, goesOn] : [ends];
    return ways.map((way) => ({ name: `${step}-${number}-${way.how}`, step, call: "sync", number, ...way }));
  });
}

describe.skipIf(recorderMissing !== undefined)(`a flush that fails (${recorderMissing ?? "recorded"})`, () => {
  let results: FailedCase[] = [];
  beforeAll(async () => {
    const counted = await countCalls();
    results = await failCalls(counted.flatMap(casesOf));
  }, 240_000);

  test("is met at every place where a till flushes, and each was let fail", () => {
    expect([...new Set(results.map(({ step }) => step))]).toEqual([...failingSteps]);
    expect(results.filter(({ failed }) => failed === 0)).toEqual([]);
  });

  // The kernel calls pages clean that it could not write: whoever goes on writing tells a shop of sales that are nowhere.
  test("costs nothing that was called stored, ends all storing, and is told in words of the till", () => {
    expect(results.flatMap(({ name, complaints }) => complaints.map((words) => `${name}: ${words}`))).toEqual([]);
  });

  test("of a sale is told as a failed flush, so that nothing is printed and the drawer stays shut", () => {
    for (const { name, step, said } of results) {
      if (!["sale", "refund", "shift", "setting"].includes(step)) continue;
      const done = said.findIndex(({ say }) => say === "done");
      expect(said.slice(0, done), name).toContainEqual({ say: "refused", code: "ledger.flush-failed" });
    }
  });
});
