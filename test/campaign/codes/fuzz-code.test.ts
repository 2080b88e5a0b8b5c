import { expect, test } from "vitest";
import { campaignFuzzCode } from "../fuzz-code.ts";

test("no mutated code makes the recogniser stumble or is taken for what its checks do not say", async () => {
  expect(await campaignFuzzCode({ runs: 60_000, seed: 7 })).toEqual({
    name: "fuzz-code",
    seed: 7,
    runs: 60_000,
    lost: 0,
    doubled: 0,
    unseen: 0,
    crashes: 0,
    complaints: [],
  });
});
