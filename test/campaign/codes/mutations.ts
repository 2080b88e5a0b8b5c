import type { Chance } from "../../faults/random.ts";
import { crcText, withCheckDigit } from "./arithmetic.ts";
import { digits } from "./valid-codes.ts";

/** Something that happens to a code on its way, or that somebody does to it. `other` is another valid code. */
type Mutation = (text: string, chance: Chance, other: string) => string;

const symbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz $%*+-./:@?&=()_~#";

/** What looks like something else, ends a line, orders text or is no character at all. */
const odd = [
  "\u0000",
  "\u001d",
  "\u001b",
  "\n",
  "\r\n",
  "\t",
  "\u00a0",
  "\u200b",
  "\u202e",
  "\ufeff",
  "\ud800",
  "１",
  "А",
  "０",
  "é",
  "🧧",
] as const;

const lookAlikes = [
  "PT1:",
  "PR1:",
  "PP1:",
  "PX1:",
  "PB1:",
  "PC1:",
  "PW1:",
  "pt1:",
  "РТ1:",
  "PT2:",
  "PT1",
  "]C1",
  "]d2",
  "]Q3",
  "]E0",
  "]Q1",
  "]e0",
  "(01)",
  "01",
  "00",
  "000201",
  "upi://pay?",
  "https://",
  "SPC\n",
  "BCD\n",
  "hQVDUFYwM",
] as const;

const at = (text: string, chance: Chance): number => chance.below(text.length + 1);

function replaced(text: string, place: number, by: string, removed = 1): string {
  return text.slice(0, place) + by + text.slice(place + removed);
}

const mutations: readonly [Mutation, ...Mutation[]] = [
  (text, chance) => {
    const place = at(text, chance);
    return replaced(text, place, String.fromCharCode(text.charCodeAt(place) ^ (1 << chance.below(7))));
  },
  (text, chance) => replaced(text, at(text, chance), symbols.charAt(chance.below(symbols.length))),
  (text, chance) => replaced(text, at(text, chance), symbols.charAt(chance.below(symbols.length)), 0),
  (text, chance) => replaced(text, at(text, chance), ""),
  (text, chance) => {
    const place = at(text, chance);
    return replaced(text, place, text.charAt(place + 1) + text.charAt(place), 2);
  },
  (text, chance) => text.slice(0, at(text, chance)),
  (text, chance) => text.slice(at(text, chance)),
  (text, chance, other) => text.slice(0, at(text, chance)) + other.slice(at(other, chance)),
  (text, chance) => {
    const place = at(text, chance);
    return replaced(text, place, text.slice(place, place + 1 + chance.below(12)), 0);
  },
  (text, chance) => replaced(text, at(text, chance), chance.pick(odd), chance.below(2)),
  (text, chance) => chance.pick(lookAlikes) + text,
  (text, chance) => chance.pick(lookAlikes) + text.slice(4),
  (text, chance) => (chance.oneIn(2) ? text.toLowerCase() : text.toUpperCase()),
  (text, chance) => replaced(text, at(text, chance), digits(chance, 1 + chance.below(3)), chance.below(4)),
  (text, chance) => {
    const place = at(text, chance);
    const digit = text.charAt(place);
    return /\d/.test(digit) ? replaced(text, place, String((Number(digit) + 1 + chance.below(9)) % 10)) : text + digit;
  },
  (text, chance) => replaced(text, at(text, chance), `%${symbols.charAt(chance.below(16))}${chance.below(10)}`, 1),
  (text, chance) => text.replace(/\d{6}/, () => chance.pick(days)),
  (text, chance) => text.replace(/(?<=17)\d{6}/, () => chance.pick(days)),
  (text, chance) => " ".repeat(chance.below(4)) + text + chance.pick(["", " ", "\r\n", "\u001d"]),
];

/** Days that no calendar has, and the one that only some years have. */
const days = ["260230", "270431", "260229", "280229", "261301", "260032", "270600"] as const;

/**
 * Makes the check fit again, as whoever forges a code would: what is wrong besides has to be found without it.
 */
function repaired(text: string): string {
  if (/^\d{8,14}$/.test(text)) return withCheckDigit(text.slice(0, -1));
  if (!text.startsWith("000201") || !text.isWellFormed()) return text;
  const body = text.replace(/6304.{0,4}$/s, "6304");
  return body + crcText(new TextEncoder().encode(body));
}

/** Rarely, because a long text costs more than all the others together. */
const huge: Mutation = (text, chance) => text.repeat(1 + chance.below(200)).slice(0, 1 + chance.below(40_000));

/** A code to which one to three things have happened. */
export function mutate(text: string, chance: Chance, other: string): string {
  if (chance.oneIn(500)) return huge(text, chance, other);
  let changed = text;
  for (let left = 1 + chance.below(3); left > 0; left -= 1) changed = chance.pick(mutations)(changed, chance, other);
  return chance.oneIn(4) ? repaired(changed) : changed;
}
