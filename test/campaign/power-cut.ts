import { cutPower } from "../faults/power-cuts.ts";
import { recorderMissing } from "../faults/recorder.ts";
import type { CampaignOptions, CampaignResult } from "./campaign.ts";

/** Lets tills trade and cuts their power `runs` times, at any moment; see `test/faults/README.md` for what a disk then has. */
export async function campaignPowerCut({ runs, seed }: CampaignOptions): Promise<CampaignResult> {
  if (recorderMissing !== undefined) throw new Error(`The power cannot be cut here: ${recorderMissing}`);
  const { cuts, ...found } = await cutPower({
    cuts: runs,
    seed,
    onProgress: (done) => void (done % 50 < 5 && process.stderr.write(`${done} of ${runs} power cuts\n`)),
  });
  return { name: "powercut", seed, runs: cuts, ...found };
}
