import { expect, test } from "vitest";
import { killAtEachStepOnce } from "../kill.ts";

// A till that is killed there must have every sale it called stored, once, and none that nobody asked for.
test(
  "a till that is killed once at each named step loses nothing, doubles nothing and hides nothing",
  { timeout: 300_000 },
  async () => {
    const result = await killAtEachStepOnce(20_261_130);
    expect(result.complaints).toEqual([]);
    expect(result).toMatchObject({ lost: 0, doubled: 0, unseen: 0, crashes: 0 });
    // A step that is not reached any more is a step that nobody tries: the hooks have to be told where it is now.
    expect(result.missed).toEqual({});
    expect(result.unreached).toEqual([]);
  },
);
