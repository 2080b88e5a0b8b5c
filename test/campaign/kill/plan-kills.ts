import { seededChance, type SeededChance } from "../../../main/demo/seeded.ts";
import { sellingSteps, stepOf, type Step } from "./steps.ts";

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

/** In the order in which a new till comes to them. */
const enrolmentSteps = [
  "opening.before-commit",
  "enrol.made",
  "enrol.before-commit",
  "enrol.after-commit",
  "first-shift.before-commit",
];

/** One life, planned by its seed alone, so that a life that went wrong can be lived again. */
export type LifePlan = {
  seed: number;
  kills: Kill[];
  /** Begins with a data folder of the first version, which no platform of ours knows. */
  isOld: boolean;
};

/** Plans a life. Lives with seeds that follow each other share the named steps out among them, in turn. */
export function planLife(options: { seed: number; kills: number; only?: string | undefined }): LifePlan {
  const { seed, kills: most, only } = options;
  const wanted = only === undefined ? undefined : stepOf(only);
  const isOld = wanted === undefined ? seed % oldEvery === 0 : wanted.scene === "migration";
  const chance = chanceOf(seed);
  const kills = beginningOf(seed, isOld, wanted)
    .slice(0, most)
    .map((name) => at(stepOf(name), 1));
  const shares = wanted === undefined ? shareOf(seed, most, isOld) : [wanted];
  for (let next = 0; kills.length < most; next += 1) {
    const step = shares[next % shares.length];
    const isRandom = wanted === undefined && kills.length % randomEvery === randomEvery - 1;
    if (step === undefined || isRandom || step.scene === "migration" || step.scene === "enrolment") {
      kills.push(atRandom(chance));
    } else kills.push(at(step, chance.percent(75) ? 1 : 2));
  }
  return { seed, kills, isOld };
}

/** Plans lives in which each named step comes once. */
export function planEachStepOnce(seed: number): LifePlan[] {
  const half = Math.ceil(sellingSteps.length / 2);
  const halves = [
    [...enrolmentSteps.map(stepOf), ...sellingSteps.slice(0, half)],
    sellingSteps.slice(half),
    [...new Set(migrationSteps)].map(stepOf),
  ];
  return halves.map((steps, index) => ({
    seed: seed + index,
    kills: steps.map((step) => at(step, 1)),
    isOld: steps.some(({ scene }) => scene === "migration"),
  }));
}

/** Chance for this seed. Seeds that follow each other are far apart in it. */
export function chanceOf(seed: number): SeededChance {
  return seededChance(Math.imul(seed, 2_654_435_761));
}

/** All that a new till goes through comes one after the other in every fourth life, and one of it in the others. */
function beginningOf(seed: number, isOld: boolean, wanted: Step | undefined): readonly string[] {
  if (wanted?.scene === "migration" || wanted?.scene === "enrolment") return [wanted.name];
  if (wanted !== undefined) return [];
  if (isOld) return migrationSteps;
  return seed % 4 === 1
    ? enrolmentSteps
    : enrolmentSteps.filter((_name, index) => index === seed % enrolmentSteps.length);
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
