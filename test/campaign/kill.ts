import type { CampaignOptions, CampaignResult } from "./campaign.ts";
import { bundleVictim } from "./kill/bundle.ts";
import { Lane } from "./kill/lane.ts";
import { Life, type LifeResult } from "./kill/life.ts";
import { openShop, type Shop } from "./kill/shop.ts";
import { allSteps, sellingScenes } from "./kill/steps.ts";
import { openTills, type Tills } from "./kill/tills.ts";

/** What a campaign of kills found, with how often a till was killed at each step. */
export type KillResult = CampaignResult & {
  /** Data folders, each with a till of its own, and how long it all took. */
  lives: number;
  seconds: number;
  kills: Record<string, number>;
  /** Steps that no till was killed at. */
  unreached: string[];
  /** How often a till did not come to the step that was planned for it and was killed somewhere else. */
  missed: Record<string, number>;
};

/** How it is run: `only` names the one step at which tills are to be killed. */
export type KillOptions = CampaignOptions & { killsPerLife?: number };

/** Any that begins no life with an old folder. */
const unharmedSeed = 1;

/** Tills at a time. */
const lanes = 2;

const killsPerLife = 20;

/** More are counted and not told. */
const mostComplaints = 50;

/**
 * Kills tills with SIGKILL, `runs` times: at every named step in turn and at random moments. Each data folder is killed some
 * twenty times over; after each kill and at its end the till's books are held against a witness outside and the platform.
 */
export async function campaignKill(options: KillOptions): Promise<KillResult> {
  const startedAt = performance.now();
  const result: KillResult = {
    name: "kill",
    seed: options.seed,
    runs: 0,
    lost: 0,
    doubled: 0,
    unseen: 0,
    crashes: 0,
    complaints: [],
    lives: 0,
    seconds: 0,
    kills: {},
    unreached: [],
    missed: {},
  };
  const program = await bundleVictim();
  const tills = await openTills(program, (words) => process.stderr.write(words));
  const shop = await openShop();
  try {
    take(result, options.seed, await liveUnharmed(shop, tills));
    const left = livesOf(options);
    await Promise.all(Array.from({ length: lanes }, () => liveInTurn(shop, tills, left, options, result)));
  } finally {
    await tills.close();
    await shop.close();
    program.remove();
  }
  result.unreached = allSteps.map(({ name }) => name).filter((name) => result.kills[name] === undefined);
  process.stderr.write(`harness cpu ${JSON.stringify(process.cpuUsage())}\n`);
  result.seconds = Math.round((performance.now() - startedAt) / 1000);
  return result;
}

/**
 * A life without a kill, in which everything is done once: nothing may be found in it, or what is found later proves nothing.
 * Its till is the one that has the till's code compiled for those after it.
 */
async function liveUnharmed(shop: Shop, tills: Tills): Promise<LifeResult> {
  const lane = await Lane.open(shop, tills);
  try {
    return await new Life({ lane, seed: unharmedSeed, kills: 0, scenes: sellingScenes }).live();
  } finally {
    await lane.close();
  }
}

async function liveInTurn(
  shop: Shop,
  tills: Tills,
  left: { seed: number; kills: number }[],
  { only }: KillOptions,
  result: KillResult,
): Promise<void> {
  const lane = await Lane.open(shop, tills);
  try {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      take(result, next.seed, await new Life({ lane, ...next, only }).live());
      result.lives += 1;
    }
  } finally {
    await lane.close();
  }
}

function livesOf({ runs, seed, killsPerLife: most = killsPerLife }: KillOptions): { seed: number; kills: number }[] {
  const lives = [];
  for (let done = 0; done < runs; done += most) {
    lives.push({ seed: seed + lives.length, kills: Math.min(most, runs - done) });
  }
  return lives;
}

function take(result: KillResult, seed: number, life: LifeResult): void {
  for (const [step, count] of life.kills) {
    result.kills[step] = (result.kills[step] ?? 0) + count;
    result.runs += count;
  }
  for (const step of life.missed) result.missed[step] = (result.missed[step] ?? 0) + 1;
  result.crashes += life.crashes.length;
  for (const { kind } of life.findings) if (kind !== "wrong") result[kind] += 1;
  const words = [...life.findings.map((found) => `${found.at}: ${found.words}`), ...life.crashes];
  for (const each of words) {
    if (result.complaints.length < mostComplaints) result.complaints.push(`seed ${seed}: ${each}`);
  }
  if (result.lives % 25 === 24) process.stderr.write(`${result.runs} kills, ${result.complaints.length} complaints\n`);
}
