import type { CampaignOptions, CampaignResult } from "./campaign.ts";
import { bundleVictim } from "./kill/bundle.ts";
import { Lane } from "./kill/lane.ts";
import { Life, type LifeResult } from "./kill/life.ts";
import { planEachStepOnce, planLife, type LifePlan } from "./kill/plan-kills.ts";
import { openShop, type Shop } from "./kill/shop.ts";
import { allSteps, sellingScenes } from "./kill/steps.ts";
import { openTills, type Tills } from "./kill/tills.ts";

/** What a campaign of kills found, with how often a till was killed at each step. */
export type KillResult = CampaignResult & {
  /** Data folders, each with a till of its own, and how long it all took. */
  lives: number;
  seconds: number;
  /** Kills by step; `outside` are those at a moment of no name. */
  kills: Record<string, number>;
  /** Steps that no till was killed at. */
  unreached: string[];
  /** How often a till did not come to the step that was planned for it and was killed somewhere else. */
  missed: Record<string, number>;
};

/** Tills at a time. */
const lanes = 2;

const killsPerLife = 20;

/** More are counted and not told. */
const mostComplaints = 50;

/**
 * Kills tills with SIGKILL, `runs` times: at every named step in turn and at random moments, or with `only` at one step. Each
 * data folder is killed twenty times over; after each kill and at its end the till's books are held against a witness outside
 * and the platform. What a complaint calls seed S is lived again by `--seed S --n 20`.
 */
export function campaignKill({ runs, seed, only }: CampaignOptions): Promise<KillResult> {
  const lives: LifePlan[] = [];
  for (let done = 0; done < runs; done += killsPerLife) {
    lives.push(planLife({ seed: seed + lives.length, kills: Math.min(killsPerLife, runs - done), only }));
  }
  return liveAll(lives, seed);
}

/** Kills a till once at each named step, in three data folders: what the suite has time for. */
export function killAtEachStepOnce(seed: number): Promise<KillResult> {
  return liveAll(planEachStepOnce(seed), seed);
}

async function liveAll(lives: LifePlan[], seed: number): Promise<KillResult> {
  const startedAt = performance.now();
  const result = emptyResult(seed);
  const program = await bundleVictim();
  const tills = await openTills(program, (words) => process.stderr.write(words));
  const shop = await openShop();
  // Whoever does not want to wait for the rest gets the result so far.
  const stop = () => void lives.splice(0);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  try {
    await liveInTurn(shop, tills, [{ seed, kills: [], isOld: false }], result);
    await Promise.all(Array.from({ length: lanes }, () => liveInTurn(shop, tills, lives, result)));
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, stop);
    await tills.close();
    await shop.close();
    program.remove();
  }
  result.unreached = allSteps.map(({ name }) => name).filter((name) => result.kills[name] === undefined);
  result.seconds = Math.round((performance.now() - startedAt) / 1000);
  return result;
}

function emptyResult(seed: number): KillResult {
  const none = { lost: 0, doubled: 0, unseen: 0, crashes: 0, complaints: [] };
  return { name: "kill", seed, runs: 0, ...none, lives: 0, seconds: 0, kills: {}, unreached: [], missed: {} };
}

/**
 * Lives one life after the other, for as long as there are any. One without a kill is lived to the end with everything done
 * once: nothing may be found in it, or what is found in others proves nothing.
 */
async function liveInTurn(shop: Shop, tills: Tills, left: LifePlan[], result: KillResult): Promise<void> {
  const lane = await Lane.open(shop, tills);
  try {
    for (let plan = left.shift(); plan !== undefined; plan = left.shift()) {
      const scenes = plan.kills.length === 0 ? sellingScenes : [];
      take(result, plan.seed, await new Life({ lane, plan, scenes }).live());
      result.lives += 1;
    }
  } finally {
    await lane.close();
  }
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
