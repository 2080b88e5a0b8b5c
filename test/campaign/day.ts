import { runDemo } from "../../main/demo/run-demo.ts";
import type { CampaignOptions, CampaignResult } from "./campaign.ts";

/** Sales of one day; an outage takes a fifth of them. */
const salesPerDay = 60;

/**
 * Trades day after day with another seed each, every one in a shop of its own with an outage in the middle, and adds up
 * what the three books disagree about.
 */
export async function campaignDay({ runs, seed }: CampaignOptions): Promise<CampaignResult> {
  const result: CampaignResult = {
    name: "day",
    seed,
    runs: 0,
    lost: 0,
    doubled: 0,
    unseen: 0,
    crashes: 0,
    complaints: [],
  };
  for (let run = 0; run < runs; run += 1) {
    const daySeed = seed + run;
    const day = await runDemo({ sales: salesPerDay, outage: true, seed: daySeed, folder: undefined }, (words) => {
      if (words.includes("has ended by itself")) result.crashes += 1;
      process.stderr.write(words);
    });
    result.runs += 1;
    result.lost += day.complaints.filter((words) => words.endsWith("is not in the journal")).length;
    result.unseen += day.complaints.filter((words) => words.startsWith("Nobody saw")).length;
    result.doubled += day.complaints.filter((words) => words.includes("twice")).length;
    result.complaints.push(...day.complaints.map((words) => `seed ${daySeed}: ${words}`));
  }
  return result;
}
