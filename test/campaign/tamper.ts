import { rmSync } from "node:fs";
import { seededChance } from "../../main/demo/seeded.ts";
import type { CampaignOptions, CampaignResult } from "./campaign.ts";
import { makeHistory, type History } from "./damage/history.ts";
import type { Tampering } from "./damage/tampering.ts";
import { tamperings } from "./damage/tamperings.ts";
import { makeFolder, writeFolder } from "./damage/till-files.ts";
import { askWitnesses } from "./damage/witnesses.ts";

/**
 * Tampers with a till in every way of the list, over and over with other places and seeds, always whole lists, and asks
 * everybody who can look whether it shows. What has to show it is in the list; what is legal must alarm nobody.
 */
export async function campaignTamper({ runs, seed }: CampaignOptions): Promise<CampaignResult> {
  const result: CampaignResult = {
    name: "tamper",
    seed,
    runs: 0,
    lost: 0,
    doubled: 0,
    unseen: 0,
    crashes: 0,
    complaints: [],
  };
  const rounds = Math.max(1, Math.ceil(runs / tamperings.length));
  for (let round = 0; round < rounds; round += 1) {
    const history = await makeHistory(seed + round);
    for (const tampering of tamperings) {
      const { said, crash } = await tamper(tampering, history, seed + round);
      result.runs += 1;
      const missing = missingIn(tampering, said);
      if (crash !== undefined) result.crashes += 1;
      else if (missing.length > 0) result.unseen += 1;
      const wrong = crash ?? missing.join(", ");
      if (wrong !== "")
        result.complaints.push(`seed ${seed + round}, ${tampering.name}: ${wrong}; said: ${said.join("; ")}`);
      if (round === 0) process.stderr.write(`${tampering.name}: ${said.join("; ") || "nobody says anything"}\n`);
    }
  }
  return result;
}

async function tamper(
  tampering: Tampering,
  history: History,
  seed: number,
): Promise<{ said: string[]; crash?: string }> {
  const folder = makeFolder();
  const own = { ...history, platform: history.platform.copy() };
  try {
    writeFolder(folder, history.secondEvening);
    try {
      tampering.does({ folder, history: own, chance: seededChance(seed) });
    } catch (error) {
      const isRefused = error instanceof Error && error.message.includes("append only");
      if (isRefused) return { said: ["database refuses it", ...(await askWitnesses(folder, own))] };
      throw error;
    }
    return { said: await askWitnesses(folder, own) };
  } catch (error) {
    return { said: [], crash: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What should have been said and was not; where everything is legal also what was said all the same. */
function missingIn({ shownBy }: Tampering, said: readonly string[]): string[] {
  const missing = shownBy.filter((words) => !said.some((each) => each.startsWith(words)));
  const isLegal = shownBy.every((words) => words.startsWith("legal"));
  const alarms = isLegal ? said.filter((words) => !words.startsWith("legal")) : [];
  return [...missing, ...alarms.map((words) => `alarm: ${words}`)];
}
