import { seededChance, type Chance } from "../faults/random.ts";
import type { Recognition, RecogniseSettings, ScannedCode } from "../../main/payment/recognise/recognition.ts";
import { recognise } from "../../main/payment/recognise/recognise.ts";
import { everyWallet } from "../../main/payment/recognise/settings.ts";
import { createTokenWorld } from "../support/wallet-token.ts";
import type { CampaignOptions, CampaignResult } from "./campaign.ts";
import { mutate } from "./codes/mutations.ts";
import { isTrue } from "./codes/oracles.ts";
import { nearlyValidCodes, validCodes, type ValidCode } from "./codes/valid-codes.ts";

/** How many of each kind the mutations begin with. */
const codesOfEachKind = 40;

/** No scan may hold up the till for longer. A busy machine is given two more tries. */
const mostMs = 20;

/** More of the same would only fill the screen. */
const mostComplaints = 20;

const everything: RecogniseSettings = {
  ...everyWallet(2026),
  embedded: [
    { prefix: "21", itemDigits: 5, hasPriceCheck: false, valueDigits: 5, value: "weight", step: 1 },
    { prefix: "22", itemDigits: 5, hasPriceCheck: true, valueDigits: 4, value: "price", step: 10 },
  ],
};

/** Shops that take everything, nothing, or have labels of their own: what is taken is theirs to say. */
const shops: readonly [RecogniseSettings, ...RecogniseSettings[]] = [
  everything,
  { ...everything, wallets: new Set() },
  { ...everything, wallets: new Set(["alipay"]), embedded: [] },
];

const symbologies = [
  undefined,
  undefined,
  undefined,
  "]C0",
  "]C1",
  "]Q1",
  "]Q3",
  "]E0",
  "]E3",
  "]E4",
  "]d2",
  "]I1",
] as const;

/**
 * Mutates valid codes of every kind and holds what the recogniser makes of them against checks of the campaign's own. A
 * valid code that is not recognised counts as lost, two answers to one code as doubled, a kind whose checks do not hold
 * as unseen.
 */
export async function campaignFuzzCode({ runs, seed }: CampaignOptions): Promise<CampaignResult> {
  const result: CampaignResult = {
    name: "fuzz-code",
    seed,
    runs: 0,
    lost: 0,
    doubled: 0,
    unseen: 0,
    crashes: 0,
    complaints: [],
  };
  const chance = seededChance(seed);
  const codes = await makeCodes(chance);
  for (const code of codes) holdValid(code, result);
  const counts = new Map<string, number>();
  const startedAt = performance.now();
  for (let run = 0; run < runs; run += 1) {
    const code = chance.pick(codes);
    const text = mutate(code.text, chance, chance.pick(codes).text);
    const symbology = chance.oneIn(3) ? chance.pick(symbologies) : code.symbology;
    const kind = holdMutated({ text, symbology }, chance.pick(shops), run % 64 === 0, result);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    result.runs += 1;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const told = [...counts].toSorted((left, right) => right[1] - left[1]).map(([kind, count]) => `${kind} ${count}`);
  process.stderr.write(`${Math.round(runs / seconds)} codes a second; taken for: ${told.join(", ")}\n`);
  return result;
}

async function makeCodes(chance: Chance): Promise<[ValidCode, ...ValidCode[]]> {
  const world = await createTokenWorld();
  const codes: ValidCode[] = [];
  for (let round = 0; round < codesOfEachKind; round += 1) {
    codes.push(...validCodes(chance, await world.token({ cti: chance.bytes(8), counter: round })));
    codes.push(...nearlyValidCodes(chance));
  }
  return codes as [ValidCode, ...ValidCode[]];
}

/** What nothing happened to is what it was made as. */
function holdValid({ kind, text, symbology }: ValidCode, result: CampaignResult): void {
  const found = recognise({ text, symbology }, everything);
  if (found.kind === kind && (found.kind === "unknown" || isTrue(found, text, everything))) return;
  result.lost += 1;
  complain(result, `a code made as ${kind} is ${found.kind} (${found.reason})`, { text, symbology });
}

function holdMutated(code: ScannedCode, shop: RecogniseSettings, asksTwice: boolean, result: CampaignResult): string {
  try {
    const beganAt = performance.now();
    const found = recognise(code, shop);
    if (performance.now() - beganAt > mostMs && isSlow(code, shop)) {
      result.unseen += 1;
      complain(result, `slower than ${mostMs} ms`, code);
    }
    if (!isTold(found, code, shop)) {
      result.unseen += 1;
      complain(result, `taken for ${found.kind}`, code);
    }
    if (asksTwice && JSON.stringify(recognise(code, shop)) !== JSON.stringify(found)) {
      result.doubled += 1;
      complain(result, "two answers to one code", code);
    }
    return found.kind;
  } catch (error) {
    result.crashes += 1;
    complain(result, error instanceof Error ? (error.stack ?? error.message) : String(error), code);
    return "crash";
  }
}

/** An unknown code has its reason, any other is what it is said to be; neither says more than was in the code. */
function isTold(found: Recognition, code: ScannedCode, shop: RecogniseSettings): boolean {
  const said = Object.values(found.fields).reduce<number>((sum, value) => sum + String(value).length, 0);
  if (said > code.text.length * 2 + 200) return false;
  return found.kind === "unknown" ? found.reason !== null : found.reason === null && isTrue(found, code.text, shop);
}

function isSlow(code: ScannedCode, shop: RecogniseSettings): boolean {
  return [0, 1].every(() => {
    const beganAt = performance.now();
    recognise(code, shop);
    return performance.now() - beganAt > mostMs;
  });
}

function complain(result: CampaignResult, what: string, { text, symbology }: ScannedCode): void {
  if (result.complaints.length === mostComplaints) return;
  result.complaints.push(`${what}: ${JSON.stringify(text.slice(0, 300))} ${symbology ?? ""}`);
}
