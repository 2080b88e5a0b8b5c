import type { VerifyCatalogue } from "./verify-catalogue.ts";

const stop = "Stop selling on this till and call your operator. Do not delete the folder.";
const upToHere = "What stands before entry {seq} is proven. What the platform has confirmed is kept there too.";
const entriesAreWhole = "No entry was changed, and every other sale counts.";

/** What managers read in English about what the check of a ledger found. */
export const verifyInEnglish: VerifyCatalogue = {
  reasons: {
    unreadable: { happened: "Entry {seq} of the ledger cannot be read.", safe: upToHere, todo: stop },
    "not-canonical": {
      happened: "The text of entry {seq} was changed after it was written.",
      safe: upToHere,
      todo: stop,
    },
    sequence: {
      happened: "Entry {seq} is missing, or another one stands in its place.",
      safe: upToHere,
      todo: stop,
    },
    "other-ledger": { happened: "Entry {seq} comes from another till's ledger.", safe: upToHere, todo: stop },
    "columns-differ": {
      happened: "The number, kind or name of entry {seq} was changed beside its text.",
      safe: upToHere,
      todo: stop,
    },
    "id-repeated": {
      happened: "Entry {seq} stands in the ledger a second time: a sale or a payment may be counted twice.",
      safe: "Nothing was taken out of the ledger.",
      todo: "Compare the sale with the platform, and call your operator before the day is closed.",
    },
    "previous-hash": {
      happened: "Entry {seq} does not follow on the one before it: one of the two was put in or changed.",
      safe: upToHere,
      todo: stop,
    },
    "stored-hash": { happened: "Entry {seq} was changed after it was written.", safe: upToHere, todo: stop },
    opening: {
      happened: "The first entry does not name a key that the ledger is signed with.",
      safe: upToHere,
      todo: stop,
    },
    "unknown-key": { happened: "Entry {seq} is signed with another till's key.", safe: upToHere, todo: stop },
    signature: {
      happened: "Entry {seq} was not written by this till: its signature does not hold.",
      safe: upToHere,
      todo: stop,
    },
    postings: {
      happened: "The amounts of entry {seq} do not add up: {difference} is left over.",
      safe: "The other entries are whole, and their sums hold.",
      todo: "Do not count on this entry's sums. Call your operator with its number.",
    },
    "receipt-number": {
      happened: "Receipt {found} of entry {seq} should have number {expected}: a receipt was left out or used twice.",
      safe: entriesAreWhole,
      todo: "Look for the receipt in the list of sales, and call your operator: tax law may ask for an explanation.",
    },
    "payment-state": {
      happened: "Payment {number} cannot be {to} at entry {seq}: it was {from}.",
      safe: "The sale itself and all other payments are whole.",
      todo: "Look the payment up at the platform before you give money back, and call your operator.",
    },
    refund: {
      happened: "Refund {receipt} in entry {seq} gave back {stated}, and only {counted} could be given back.",
      safe: "The sale and all other entries are whole.",
      todo: "Count the drawer, ask who gave the money back, and call your operator.",
    },
    "shift-report": {
      happened: "The Z report in entry {seq} says {stated} for {figure}; the shift's entries come to {counted}.",
      safe: "The sales of that shift are whole; only the report is wrong.",
      todo: "Use the counted figure for your books, and send the report to your operator.",
    },
    "running-total": {
      happened: "The total of all time in entry {seq} says {stated} for {figure}; the ledger comes to {counted}.",
      safe: "Every sale is whole; only the total on the Z report is wrong.",
      todo: "Do not hand the report in before your operator has looked at it.",
    },
    "database-damaged": {
      happened: "The file of the ledger is damaged on the disk: {detail}.",
      safe: "What the platform has confirmed is kept there.",
      todo: "Stop selling on this till, copy its folder to another disk and call your operator. The disk may be failing.",
    },
    "behind-mark": {
      happened:
        "The end of the ledger is missing: receipt {receipt} at entry {seq} was made and is not there any more.",
      safe: "What the platform has confirmed can be brought back.",
      todo: "Call your operator before selling on this till, to fetch the missing sales from the platform.",
    },
    "mark-differs": {
      happened: "Entry {seq} is another one than this till made: the ledger may be a copy from somewhere else.",
      safe: "What the platform has confirmed is kept there.",
      todo: stop,
    },
    "follows-differs": {
      happened: "The older ledger of this till is not as it was left: {what}.",
      safe: "The ledger that the till sells on now is whole.",
      todo: "Do not delete the older file. Call your operator, who can compare it with the platform.",
    },
    "schema-differs": {
      happened: "What guards the ledger against changes was itself changed: {object}.",
      safe: "The entries are read all the same; what is wrong with them is named beside this.",
      todo: "Somebody had the file in hand. Stop selling on this till and call your operator.",
    },
    "private-value": {
      happened: "A personal value ({name}) of entry {seq} is not the one that was noted with the sale.",
      safe: "The sale and its amounts are whole.",
      todo: "Do not rely on that value. Call your operator; selling goes on.",
    },
    "projection-differs": {
      happened: "A list made from the ledger ({table}) says something else than the ledger.",
      safe: "No money is lost: every sale stands in the ledger as it was made.",
      todo: "Close the till and have the lists made again: till rebuild.",
    },
    "working-state": {
      happened: "Something the till keeps beside the ledger is damaged ({table}).",
      safe: "No money is lost: no sale and no payment stands there.",
      todo: "Selling goes on. If it comes again, call your operator: the disk may be failing.",
    },
  },
  figures: {
    shift: "the shift",
    fromSeq: "its first entry",
    drawer: "the drawer",
    currency: "the currency",
    sales: "the number of sales",
    salesMinor: "sales",
    refunds: "the number of refunds",
    refundsMinor: "refunds",
    refundsWalletMinor: "refunds to wallets",
    cashMinor: "cash",
    walletMinor: "wallet payments",
    commissionMinor: "the platform's commission",
    expectedCashMinor: "the cash that should be in the drawer",
    differenceMinor: "the difference of the count",
    postingsMinor: "the booking of the drawer",
    zNumber: "its own number",
  },
  states: {
    none: "never begun",
    created: "begun",
    sent: "sent",
    paid: "paid",
    declined: "declined",
    unknown: "in doubt",
    reversing: "being undone",
    reversed: "undone",
    used: "used for another sale",
    sale: "used for a sale",
  },
  differences: {
    ledger: "its file holds another ledger",
    hash: "its last known entry is another one",
    more: "it has entries that the ledger behind it does not know of",
    less: "entries at its end are gone",
    receipt: "it has receipts whose numbers were used again",
    totals: "it sold more than the ledger behind it says",
    unreadable: "its file cannot be read",
  },
  tables: {
    postings: "bookings",
    balances: "balances",
    sales: "sales",
    payments: "payments",
    shifts: "shifts",
    prints: "receipts",
    enrolments: "enrolments",
    business_days: "days",
    incidents: "incidents",
    open_basket: "open basket",
    parked_sales: "parked sales",
    private_values: "personal values",
    print_jobs: "print jobs",
    platform_marks: "what the platform has",
    platform_answers: "answers of the platform",
    push_failures: "vain tries",
    arrivals: "arrivals",
    outages: "times without the network",
    settings: "settings",
  },
  variants: {
    "payment-amount": "Payment {number} is {stated} at entry {seq}, and was {counted} when it began.",
    "total-missing": "The Z report in entry {seq} has no total of all time, and the ones before it have.",
  },
};
