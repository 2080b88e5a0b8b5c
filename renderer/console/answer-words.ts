import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import type { WordKey } from "../shared/words/en.ts";
import type { Words } from "../shared/words/intl.tsx";

/** What the platform says of an entry that needs somebody; what is settled needs no words here. */
const answers: Readonly<Partial<Record<AnswerCode, WordKey>>> = {
  "line.differs": "console.answer-differs-line",
  "discount.differs": "console.answer-differs-discount",
  "deposit.differs": "console.answer-differs-deposit",
  "tax.differs": "console.answer-differs-tax",
  "total.differs": "console.answer-differs-total",
  "tender.differs": "console.answer-differs-tender",
  "postings.differs": "console.answer-differs-postings",
  "tax-class.unknown": "console.answer-tax-class",
  "age-check.missing": "console.answer-age",
  "commission.differs": "console.answer-commission",
  "sale.twice": "console.answer-sale-twice",
  "receipt.twice": "console.answer-receipt-twice",
  "payment.unmatched": "console.answer-payment",
  "refund.sale-unknown": "console.answer-refund-sale",
  "refund.twice": "console.answer-refund-twice",
  "refund.larger": "console.answer-refund-larger",
  "refund.differs": "console.answer-refund-differs",
  "refund.payment-unknown": "console.answer-refund-payment",
  "refund.above-charge": "console.answer-refund-charge",
  "refund.pending": "console.answer-refund-pending",
  "refund.rail-refused": "console.answer-refund-rail",
  "successor.not-agreed": "console.answer-not-agreed",
  "successor.differs": "console.answer-other-place",
  "successor.twice": "console.answer-second-ledger",
  "entry.unbalanced": "console.answer-unbalanced",
  "entry.invalid": "console.answer-unreadable",
  "entry.unreadable": "console.answer-unreadable",
  "entry.unknown-type": "console.answer-newer",
  "entry.unknown-version": "console.answer-newer",
  "entry.not-projected": "console.answer-not-projected",
};

/** An answer's code in words; a code that this version does not know is shown as it is. */
export function answerInWords(words: Words, code: string): string {
  const key = Object.hasOwn(answers, code) ? answers[code as AnswerCode] : undefined;
  return key === undefined ? words("console.answer-unknown", { code }) : words(key);
}
