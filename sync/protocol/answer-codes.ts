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
 * - `refund.twice`, `refund.larger`, `refund.differs`: earlier refunds have given back all of this sale, or have this id; with
 *   those before it more is given back of a line, a tender or the whole than there was; it names another receipt, another
 *   currency, other goods or other amounts than the sale leaves.
 * - `refund.payment-unknown`: money is to go back to a wallet, and the platform holds no such payment of this shop as paid. Judged
 *   again when it does.
 * - `refund.above-charge`: more would go back to the wallet than the payment took. Nothing of the refund is paid out.
 * - `refund.pending`: the other company's wallet has not said its last word on money that goes back. Said only in the place of
 *   another doubt: where there was none, nothing is said until it has.
 * - `refund.rail-refused`: the other company's wallet has refused to take the money back. Nothing has moved.
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
  "refund.payment-unknown",
  "refund.above-charge",
  "refund.pending",
  "refund.rail-refused",
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
