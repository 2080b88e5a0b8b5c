import type { SeededChance } from "../../../main/demo/seeded.ts";
import { allSteps, sellingSteps, stepOf, type Step } from "./steps.ts";

/** One kill: at the `time`th time of a step, or, without a step, so long after the start or after the till was ready. */
export type Kill = { step: Step | null; time: number; delayMs: number; from: "start" | "ready" };

/** Every so many lives one begins with a data folder of the first version. */
const oldEvery = 8;

/** Every so many kills one comes at a moment of no name. */
const randomEvery = 4;

/** In this order each migration meets each of its steps; the rest of the migrations is met by the later ones. */
const migrationSteps = [
  "migration.copied",
  "migration.flushed",
  "migration.half",
  "migration.before-commit",
  "migration.after-commit",
  "migration.half",
  "migration.after-commit",
  "migration.before-commit",
];

const enrolmentSteps = allSteps.filter(({ scene }) => scene === "enrolment").map(({ name }) => name);

/**
 * Plans the kills of one life by its seed alone, so that a life that went wrong can be lived again. Lives with seeds that
 * follow each other share the named steps out among them, in turn.
 */
export function planKills(
  { seed, kills, only }: { seed: number; kills: number; only?: string | undefined },
  chance: SeededChance,
): { kills: Kill[]; isOld: boolean } {
  const wanted = only === undefined ? undefined : stepOf(only);
  const isOld = wanted === undefined ? seed % oldEvery === 0 : wanted.scene === "migration";
  const beginning = beginningOf(seed, isOld, wanted).map((name) => at(stepOf(name), 1));
  const plan = beginning.slice(0, kills);
  const shares = wanted === undefined ? shareOf(seed, kills, isOld) : [wanted];
  for (let next = 0; plan.length < kills; next += 1) {
    const step = shares[next % shares.length];
    const isRandom = wanted === undefined && plan.length % randomEvery === randomEvery - 1;
    if (step === undefined || isRandom || step.scene === "migration" || step.scene === "enrolment") {
      plan.push(atRandom(chance));
    } else plan.push(at(step, chance.percent(75) ? 1 : 2));
  }
  return { kills: plan, isOld };
}

function beginningOf(seed: number, isOld: boolean, wanted: Step | undefined): string[] {
  if (wanted?.scene === "migration" || wanted?.scene === "enrolment") return [wanted.name];
  if (wanted !== undefined) return [];
  if (isOld) return migrationSteps;
  const step = enrolmentSteps[seed % enrolmentSteps.length];
  return step === undefined ? [] : [step];
}

/** This life's share of the steps. In an old folder the platform cannot be reached, so its steps are left out. */
function shareOf(seed: number, kills: number, isOld: boolean): Step[] {
  const able = isOld ? sellingSteps.filter((step) => !needsPlatform(step)) : sellingSteps;
  const perLife = Math.ceil((kills * (randomEvery - 1)) / randomEvery);
  return Array.from({ length: perLife }, (_, index) => able[(seed * perLife + index) % able.length]).filter(
    (step) => step !== undefined,
  );
}

function needsPlatform({ where, scene, name }: Step): boolean {
  const walletScenes = ["wallet-sale", "mixed-sale", "declined", "lost-answer", "undo"];
  return where === "line" || walletScenes.includes(scene) || /^(?:acknowledgement|answers)\./.test(name);
}

function at(step: Step, time: number): Kill {
  return { step, time: step.scene === "start" || step.scene === "rebuild" ? 1 : time, delayMs: 0, from: "ready" };
}

function atRandom(chance: SeededChance): Kill {
  const from = chance.percent(40) ? "start" : "ready";
  return { step: null, time: 1, delayMs: chance.below(from === "start" ? 900 : 400), from };
}
