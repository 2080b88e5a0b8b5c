/** What the people at the till do so that a step is reached. */
export type Scene =
  | "cash-sale"
  | "wallet-sale"
  | "mixed-sale"
  | "declined"
  | "lost-answer"
  | "undo"
  | "aside"
  | "rail-sale"
  | "rail-waiting"
  | "refund"
  | "basket"
  | "price"
  | "park"
  | "resume"
  | "abandon"
  | "copy"
  | "shift"
  | "backup"
  | "start"
  | "rebuild"
  | "enrolment"
  | "migration";

/**
 * A place at which a till is killed. `till`: the till's process kills itself there, found by hooks around its database, files
 * and sockets. `line` and `printer`: whoever is at the other end kills it, before answering.
 */
export type Step = { name: string; where: "till" | "line" | "printer"; scene: Scene; words: string };

function steps(where: Step["where"], scene: Scene, named: Readonly<Record<string, string>>): Step[] {
  return Object.entries(named).map(([name, words]) => ({ name, where, scene, words }));
}

/** Every named step, in the order of a till's life. */
export const allSteps: readonly Step[] = [
  ...steps("till", "enrolment", {
    "opening.before-commit": "a new ledger's first entry is written, not committed",
    "enrol.before-commit": "the platform has answered the enrolment, its entry is not committed",
    "enrol.after-commit": "the enrolment is stored, nothing else is",
    "first-shift.before-commit": "the first shift is written, not committed",
  }),
  ...steps("line", "enrolment", { "enrol.made": "the platform has enrolled the till, its answer never arrives" }),
  ...steps("till", "migration", {
    "migration.copied": "the copy before a migration is written, not flushed",
    "migration.flushed": "the copy is flushed, nothing is migrated",
    "migration.half": "half of a migration's statements have run",
    "migration.before-commit": "all of them have run, nothing is committed",
    "migration.after-commit": "one migration is committed, the next one has not begun",
  }),
  ...steps("till", "start", {
    "start.opening": "the database is open, nothing is read",
    "start.recovered": "SQLite has read the write-ahead log of the killed till before",
    "start.ready": "the till is open, nothing is shown",
  }),
  ...steps("till", "basket", {
    "basket.before-commit": "a line is in the basket, its commit has not begun",
    "basket.after-commit": "the line is stored, not shown",
  }),
  ...steps("till", "price", {
    "price.before-commit": "another price is written, not committed",
    "price.after-commit": "another price is stored, not shown",
  }),
  ...steps("till", "park", {
    "park.before-commit": "a sale is being set aside",
    "park.after-commit": "a sale is set aside, not shown",
  }),
  ...steps("till", "resume", { "resume.after-commit": "a parked sale is taken up, not shown" }),
  ...steps("till", "abandon", { "abandon.before-commit": "a basket is given up, not committed" }),
  ...steps("till", "cash-sale", {
    "sale.entry": "a sale's entry is written, its legs are not",
    "sale.job": "its receipt's bytes are stored with it, nothing is committed",
    "sale.before-commit": "all of a sale is written, nothing is committed",
    "sale.after-commit": "the sale is committed, the mark is not written, nobody was told",
    "sale.marked": "the mark is written, nobody was told",
    "drawer.sent": "the command that opens the drawer has left",
    "job.after-commit": "it is stored that the receipt is being sent, no byte has left",
    "paper.sent": "the receipt's bytes have left",
    "paper.before-commit": "the printer has proved the receipt, the entry is not committed",
    "paper.after-commit": "what became of the receipt is stored",
    "mark.flushing": "the mark is being flushed",
    "acknowledgement.before-commit": "the platform has taken entries, its word is not stored",
    "acknowledgement.after-commit": "the platform's word is stored, nothing is shown",
    "answers.before-commit": "what the platform says about entries is not stored yet",
  }),
  ...steps("printer", "cash-sale", {
    "drawer.pulsed": "the drawer has opened, the printer has not answered",
    "paper.cut": "the receipt is cut, the till has not heard",
  }),
  ...steps("line", "cash-sale", {
    "push.arrived": "entries are at the platform's door, not stored",
    "push.stored": "the platform has stored entries, its answer never arrives",
  }),
  ...steps("till", "copy", { "copy.after-commit": "a copy of a receipt is ordered and stored, no byte has left" }),
  ...steps("till", "wallet-sale", {
    "payment.entry": "a payment's id is written, not committed",
    "payment.before-commit": "a payment is about to be stored",
    "payment.after-commit": "the payment's id and intent are stored, nothing has left",
    "charge.leaving": "the charge is about to be sent",
    "charge.answered": "the charge's answer is here, nothing of it is stored",
    "wallet-sale.before-commit": "the payment and the sale it settles are written, not committed",
    "wallet-sale.after-commit": "they are committed, nobody was told",
  }),
  ...steps("line", "wallet-sale", {
    "charge.arrived": "the charge is at the platform's door, nothing is charged",
    "charge.made": "the wallet is charged, the answer never arrives",
  }),
  ...steps("till", "mixed-sale", { "wallet-sale.marked": "a sale of cash and wallet is committed and marked" }),
  ...steps("till", "declined", {
    "declined.before-commit": "the wallet was refused, the entry is not committed",
    "declined.after-commit": "the refusal is stored, not shown",
  }),
  ...steps("till", "rail-waiting", {
    "waiting.before-commit": "another company's wallet waits for its owner, the entry is not committed",
    "waiting.after-commit": "it is stored that the wallet waits, nobody was told",
  }),
  ...steps("till", "lost-answer", { "unknown.after-commit": "it is stored that the outcome is unknown" }),
  ...steps("till", "undo", {
    "undo.before-commit": "a payment is being undone, the entry is not committed",
    "undo.after-commit": "it is stored that a payment is undone, the platform does not know",
    "reversed.before-commit": "the platform has given the money back, the entry is not committed",
    "reversed.after-commit": "the reversal is stored",
  }),
  ...steps("line", "undo", {
    "reversal.arrived": "the reversal is at the platform's door",
    "reversal.made": "the platform has given the money back, its answer never arrives",
  }),
  ...steps("till", "refund", {
    "refund.entry": "a refund's entry is written, its legs are not",
    "refund.before-commit": "all of a refund is written, nothing is committed",
    "refund.after-commit": "the refund is committed, nobody was told",
    "refund.marked": "the refund's mark is written, nobody was told",
  }),
  ...steps("till", "shift", {
    "shift.entry": "the Z report is written, the next shift is not",
    "shift.before-commit": "both are written, nothing is committed",
    "shift.after-commit": "the shift is closed, nobody was told",
    "shift.marked": "the closed shift's mark is written",
  }),
  ...steps("till", "backup", {
    "backup.begun": "a copy of the running ledger has begun",
    "backup.half": "half of its pages are copied",
    "backup.whole": "all are copied, the file does not have its name yet",
    "backup.named": "the copy has its name, nobody was told",
  }),
  ...steps("till", "rebuild", {
    "rebuild.cleared": "the projections are emptied to be made again",
    "rebuild.half": "a part of them is made again",
    "rebuild.before-commit": "all of them are made again, nothing is committed",
    "rebuild.after-commit": "they are made again",
  }),
];

/** The steps of a till that sells; enrolment and migration come at the beginning of a folder's life only. */
export const sellingSteps: readonly Step[] = allSteps.filter(
  ({ scene }) => scene !== "enrolment" && scene !== "migration",
);

/** What people do at a till that sells, each once. */
export const sellingScenes: readonly Scene[] = [...new Set(sellingSteps.map(({ scene }) => scene))].filter(
  (scene) => scene !== "start" && scene !== "rebuild",
);

/** The step of this name. */
export function stepOf(name: string): Step {
  const step = allSteps.find((each) => each.name === name);
  if (step === undefined) throw new RangeError(`There is no step ${name}. There are: ${names().join(", ")}`);
  return step;
}

function names(): string[] {
  return allSteps.map(({ name }) => name);
}
