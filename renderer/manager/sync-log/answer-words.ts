import { tillErrorCodes } from "../../../main/contract/errors.ts";
import { wordsOfFault } from "../../../main/contract/words/index.ts";
import type { AnswerCode } from "../../../sync/protocol/answer-codes.ts";
import type { Locale } from "../../../main/contract/snapshot.ts";
import type { WordKey } from "../../shared/words/en.ts";
import type { Words } from "../parts/writing.ts";

/** What an answer means: a few words, and a sentence where there is more to say. What to do stands beside it as keys. */
export type AnswerWords = { readonly title: string; readonly about?: string };

type Keys = { readonly title: WordKey; readonly about: WordKey };

const unreadable: Keys = { title: "manager.answer-unreadable", about: "manager.answer-unreadable-about" };
const newer: Keys = { title: "manager.answer-newer", about: "manager.answer-newer-about" };

/** What the platform says when nothing is left to do. */
type Booked = "sale.settled" | "refund.settled" | "entry.settled";

/** What the platform says about an entry that it holds for a person: each code that it has. */
const judgements: Readonly<Record<Exclude<AnswerCode, Booked>, Keys>> = {
  "line.differs": { title: "manager.answer-line", about: "manager.answer-line-about" },
  "discount.differs": { title: "manager.answer-discount", about: "manager.answer-discount-about" },
  "deposit.differs": { title: "manager.answer-deposit", about: "manager.answer-deposit-about" },
  "tax.differs": { title: "manager.answer-tax", about: "manager.answer-tax-about" },
  "total.differs": { title: "manager.answer-total", about: "manager.answer-total-about" },
  "tender.differs": { title: "manager.answer-tender", about: "manager.answer-tender-about" },
  "postings.differs": { title: "manager.answer-postings", about: "manager.answer-postings-about" },
  "tax-class.unknown": { title: "manager.answer-tax-class", about: "manager.answer-tax-class-about" },
  "age-check.missing": { title: "manager.answer-age", about: "manager.answer-age-about" },
  "commission.differs": { title: "manager.answer-commission", about: "manager.answer-commission-about" },
  "sale.twice": { title: "manager.answer-sale-twice", about: "manager.answer-sale-twice-about" },
  "receipt.twice": { title: "manager.answer-receipt-twice", about: "manager.answer-receipt-twice-about" },
  "payment.unmatched": { title: "manager.answer-payment-unmatched", about: "manager.answer-payment-unmatched-about" },
  "refund.sale-unknown": { title: "manager.answer-refund-unknown", about: "manager.answer-refund-unknown-about" },
  "refund.twice": { title: "manager.answer-refund-twice", about: "manager.answer-refund-twice-about" },
  "refund.larger": { title: "manager.answer-refund-larger", about: "manager.answer-refund-larger-about" },
  "refund.differs": { title: "manager.answer-refund-differs", about: "manager.answer-refund-differs-about" },
  "refund.payment-unknown": { title: "manager.answer-refund-payment", about: "manager.answer-refund-payment-about" },
  "refund.above-charge": { title: "manager.answer-refund-charge", about: "manager.answer-refund-charge-about" },
  "refund.pending": { title: "manager.answer-refund-pending", about: "manager.answer-refund-pending-about" },
  "refund.rail-refused": { title: "manager.answer-refund-rail", about: "manager.answer-refund-rail-about" },
  "successor.not-agreed": { title: "manager.answer-not-agreed", about: "manager.answer-not-agreed-about" },
  "successor.differs": { title: "manager.answer-other-place", about: "manager.answer-other-place-about" },
  "successor.twice": { title: "manager.answer-second-ledger", about: "manager.answer-second-ledger-about" },
  "entry.unbalanced": { title: "manager.answer-unbalanced", about: "manager.answer-unbalanced-about" },
  "entry.invalid": unreadable,
  "entry.unreadable": unreadable,
  "entry.unknown-type": newer,
  "entry.unknown-version": newer,
  "entry.not-projected": { title: "manager.answer-not-booked", about: "manager.answer-not-booked-about" },
};

const booked: ReadonlySet<string> = new Set<Booked>(["sale.settled", "refund.settled", "entry.settled"]);
const judged = new Map<string, Keys>(Object.entries(judgements));
const ofTheTill: ReadonlySet<string> = new Set(tillErrorCodes);

/**
 * Puts a code of the platform, or of a try to reach it, into words. A code that this version does not know is shown as
 * it is, so that the operator can be told.
 */
export function answerInWords(words: Words, locale: Locale, code: string): AnswerWords {
  if (booked.has(code)) return { title: words("manager.answer-booked") };
  const keys = judged.get(code);
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
