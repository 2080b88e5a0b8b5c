import { describe, expect, test } from "vitest";
import { cutPower } from "./power-cuts.ts";
import { recorderMissing } from "./recorder.ts";

describe.skipIf(recorderMissing !== undefined)(
  `a power cut in the middle of a day (${recorderMissing ?? "recorded"})`,
  () => {
    test("loses no sale, doubles none, and the till opens and sells on", { timeout: 180_000 }, async () => {
      expect(await cutPower({ cuts: 20, seed: 20_261_120 })).toEqual({
        cuts: 20,
        lost: 0,
        doubled: 0,
        unseen: 0,
        crashes: 0,
        complaints: [],
      });
    });

    // The same day on a database that does not wait for the disk: a test that loses nothing there could lose nothing anywhere.
    test("is found to lose sales where the till does not wait for its disk", { timeout: 180_000 }, async () => {
      const { lost, complaints } = await cutPower({ cuts: 10, seed: 7, synchronous: "NORMAL" });
      expect(lost).toBeGreaterThan(0);
      expect(complaints.join("\n")).toMatch(/was called stored and is not there|ledger\.behind-mark/);
    });
  },
);
