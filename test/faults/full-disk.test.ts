import { describe, expect, test } from "vitest";
import { runOnSmallDisk, smallDiskMissing } from "./small-disk.ts";

describe.skipIf(smallDiskMissing !== undefined)(`a till on a disk of 3 MB (${smallDiskMissing ?? "mounted"})`, () => {
  test(
    "refuses the sale that does not fit, loses none, is read on, and sells on once there is room",
    { timeout: 60_000 },
    () => {
      const found = runOnSmallDisk(new URL("./full-disk-till.ts", import.meta.url)) as Record<
        string,
        Record<string, unknown>
      >;
      expect(found).toMatchObject({
        hadReserve: true,
        reserveUsed: true,
        states: ["ample", "low", "full"],
        full: {
          refused: "ledger.disk-full",
          refusedAgain: "ledger.disk-full",
          receiptsFollow: true,
          missing: 0,
          read: 5,
          backup: "ledger.disk-full",
          leftOver: [],
        },
        verifiedFull: { ok: true, firstBroken: null },
        openedFull: { missing: 0, refused: "ledger.disk-full" },
        roomAgain: { reserveAgain: true, missing: 0 },
        verifiedAfter: { ok: true, firstBroken: null },
        readOnly: "folder.not-writable",
        writable: { missing: 0 },
        reported: [],
      });
      // What was refused is nowhere: the head is the last sale that was called stored.
      expect(found["full"]?.["sold"]).toBeGreaterThan(20);
      expect(found["full"]?.["head"]).toBe(Number(found["full"]?.["sold"]) + 1);
      expect(found["verifiedFull"]?.["entries"]).toBe(found["full"]?.["head"]);
      expect(found["roomAgain"]).not.toHaveProperty("refused");
      expect(found["writable"]).not.toHaveProperty("refused");
    },
  );
});
