/**
 * What the reference platform says about an entry, with `settled` for the first three and `needs-you` for the others. The
 * list is open towards the future: a till shows a code that it does not know as it stands.
 *
 * - `*.differs`: worked out again from what the entry names, this part comes to something else, or it is by another rate or
 *   another cash rounding than the shop's as the till had read them.
 * - `tax-class.unknown`: the catalogue has never had a tax class of a line.
 * - `age-check.missing`: an age-limited good was sold, and the entry does not say that somebody looked.
 * - `commission.differs`: the till booked another commission than the platform kept.
 * - `sale.twice`, `receipt.twice`: an earlier entry has this sale or this receipt code.
 * - `payment.unmatched`: the platform took no such payment for this sale. Judged again when it does.
 * - `refund.sale-unknown`: the sale that was given back has not arrived. Judged again when it does.
 * - `refund.twice`, `refund.larger`, `refund.differs`: an earlier refund has given this sale back; more was given back than was
 *   paid; it names another receipt, another currency or other goods than the sale.
 * - `successor.not-agreed`: a ledger says that it goes on from another one, and the platform was never asked.
 * - `successor.differs`: it says of that one something else than was agreed, or nothing where something was.
 * - `successor.twice`: another ledger goes on from the same one already; two disks may be selling as one till.
 * - `entry.*`: the entry as a whole cannot be read, or its postings do not sum to zero.
 */
export const answerCodes = [
  "sale.settled",
  "refund.settled",
  "entry.settled",
  "line.differs",
  "discount.differs",
  "deposit.differs",
  "tax.differs",
  "total.differs",
  "tender.differs",
  "postings.differs",
  "tax-class.unknown",
  "age-check.missing",
  "commission.differs",
  "sale.twice",
  "receipt.twice",
  "payment.unmatched",
  "refund.sale-unknown",
  "refund.twice",
  "refund.larger",
  "refund.differs",
  "successor.not-agreed",
  "successor.differs",
  "successor.twice",
  "entry.unbalanced",
  "entry.invalid",
  "entry.unknown-type",
  "entry.unknown-version",
  "entry.unreadable",
  "entry.not-projected",
] as const;

/** What the reference platform says about an entry. */
export type AnswerCode = (typeof answerCodes)[number];
