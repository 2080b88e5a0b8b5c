import { beforeAll, describe, expect, test } from "vitest";
import { countCalls, type FailedCase, failCalls } from "./failing-calls.ts";
import type { FailingCase } from "./failing-case.ts";
import { recorderMissing } from "./recorder.ts";

/** A disk that turns read-only at the first write, is full at one write in the middle, or breaks at the last one. */
function casesOf({ step, writes }: { step: FailingCase["step"]; writes: number }): FailingCase[] {
  const middle = Math.ceil(writes / 2);
  const ways = [
    { number: 1, how: "on", error: "EROFS", closes: true },
    { number: middle, how: "once", error: "ENOSPC", closes: true },
    { number: writes, how: "on", error: "ENOSPC", closes: false },
    { number: writes, how: "once", error: "EIO", closes: false },
  ] as const;
  return ways.map((way) => ({ name: `${step}-${way.number}-${way.error}-${way.how}`, step, call: "write", ...way }));
}

describe.skipIf(recorderMissing !== undefined)(`a write that fails (${recorderMissing ?? "recorded"})`, () => {
  let results: FailedCase[] = [];
  beforeAll(async () => {
    const counted = (await countCalls()).filter(({ writes }) => writes > 0);
    results = await failCalls(counted.flatMap(casesOf));
  }, 240_000);

  test("costs nothing that was called stored, and is told in words of the till", () => {
    expect(results.filter(({ failed }) => failed === 0)).toEqual([]);
    expect(results.flatMap(({ name, complaints }) => complaints.map((words) => `${name}: ${words}`))).toEqual([]);
  });

  test("because the disk turned read-only under a running till refuses the sale in words", () => {
    const readOnly = results.filter(({ error, step }) => error === "EROFS" && step !== "close" && step !== "backup");
    const codes = readOnly.map(({ said }) => said.find(({ say }) => say === "refused"));
    expect(readOnly.length).toBeGreaterThan(5);
    for (const code of codes) {
      expect(["ledger.flush-failed", "folder.not-writable"]).toContain(code?.say === "refused" ? code.code : undefined);
    }
  });

  test("because there was no room once only is tried again in the room that was kept back", () => {
    const once = results.find(({ step, error, how }) => step === "sale" && error === "ENOSPC" && how === "once");
    expect(once?.said.map(({ say }) => say)).not.toContain("refused");
  });
});
