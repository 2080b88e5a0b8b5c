import { parseArgs } from "node:util";
import type { CampaignOptions, CampaignResult } from "./campaign.ts";
import { campaignDay } from "./day.ts";
import { campaignFlip } from "./flip.ts";
import { campaignFuzzCode } from "./fuzz-code.ts";
import { campaignPowerCut } from "./power-cut.ts";
import { campaignKill } from "./kill.ts";
import { campaignScreens } from "./screens.ts";
import { campaignTamper } from "./tamper.ts";

/** Every campaign by its name. */
const campaigns: Readonly<Record<string, (options: CampaignOptions) => Promise<CampaignResult>>> = {
  day: campaignDay,
  flip: campaignFlip,
  "fuzz-code": campaignFuzzCode,
  powercut: campaignPowerCut,
  kill: campaignKill,
  screens: campaignScreens,
  tamper: campaignTamper,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    n: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
  },
});
const [name = ""] = positionals;
const campaign = Object.hasOwn(campaigns, name) ? campaigns[name] : undefined;
if (campaign === undefined) {
  process.stderr.write(`There is no campaign of that name. There are: ${Object.keys(campaigns).join(", ")}\n`);
  process.exitCode = 1;
} else {
  const result = await campaign({ runs: Number(values.n), seed: Number(values.seed), only: values.only });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exitCode = result.complaints.length === 0 && result.crashes === 0 ? 0 : 1;
}
// Connections that a library keeps alive must not keep a finished campaign from ending.
process.exit();
