import { tillErrorCodes } from "../../../main/contract/errors.ts";
import { wordsOfFault } from "../../../main/contract/words/index.ts";
import type { Locale } from "../../../main/contract/snapshot.ts";
import type { WordKey } from "../../shared/words/en.ts";
import type { Words } from "../../shared/words/intl.tsx";

/** What an answer means: a few words, and a sentence where there is more to say. What to do stands beside it as keys. */
export type AnswerWords = { readonly title: string; readonly about?: string };

type Keys = { readonly title: WordKey; readonly about: WordKey };

const unreadable: Keys = {
  title: "manager.answer-unreadable",
  about: "manager.answer-unreadable-about",
};

const newer: Keys = {
  title: "manager.answer-newer",
  about: "manager.answer-newer-about",
};

/** What the platform says about an entry that it holds for a person. */
const judgements: Readonly<Record<string, Keys>> = {
  "entry.unknown-version": newer,
  "entry.unknown-type": newer,
  "entry.invalid": unreadable,
  "entry.unreadable": unreadable,
  "entry.not-projected": {
    title: "manager.answer-not-booked",
    about: "manager.answer-not-booked-about",
  },
  "entry.unbalanced": {
    title: "manager.answer-unbalanced",
    about: "manager.answer-unbalanced-about",
  },
  "sale.arithmetic": {
    title: "manager.answer-arithmetic",
    about: "manager.answer-arithmetic-about",
  },
  "sale.twice": {
    title: "manager.answer-sale-twice",
    about: "manager.answer-sale-twice-about",
  },
  "receipt.twice": {
    title: "manager.answer-receipt-twice",
    about: "manager.answer-receipt-twice-about",
  },
  "payment.unmatched": {
    title: "manager.answer-payment-unmatched",
    about: "manager.answer-payment-unmatched-about",
  },
  "refund.unmatched": {
    title: "manager.answer-refund-unmatched",
    about: "manager.answer-refund-unmatched-about",
  },
};

const booked: ReadonlySet<string> = new Set(["sale.settled", "refund.settled"]);
const stored: ReadonlySet<string> = new Set(["stored", "entry.stored", "confirmed"]);
const ofTheTill: ReadonlySet<string> = new Set(tillErrorCodes);

/**
 * Puts a code of the platform, or of a try to reach it, into words. A code that this version does not know is shown as
 * it is, so that the operator can be told.
 */
export function answerInWords(words: Words, locale: Locale, code: string): AnswerWords {
  if (booked.has(code)) return { title: words("manager.answer-booked") };
  if (stored.has(code)) return { title: words("manager.answer-stored") };
  const keys = Object.hasOwn(judgements, code) ? judgements[code] : undefined;
  if (keys !== undefined) return { title: words(keys.title), about: words(keys.about) };
  if (ofTheTill.has(code)) {
    const { happened, safe } = wordsOfFault({ code: code as (typeof tillErrorCodes)[number], params: {} }, locale);
    return { title: happened.replace(/[.。]$/, ""), about: safe };
  }
  return {
    title: words("manager.answer-unknown", { code }),
    about: words("manager.answer-unknown-about"),
  };
}
