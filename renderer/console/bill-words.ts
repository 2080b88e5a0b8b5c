import type { ReconciliationDifference } from "../../sync/protocol/operator-api.ts";
import type { WordKey } from "../shared/words/en.ts";

type InWords = { title: WordKey; advice: WordKey };

const ofPayments: Readonly<Record<ReconciliationDifference["kind"], InWords>> = {
  "missing-here": { title: "console.differs-missing-here", advice: "console.differs-missing-here-advice" },
  "missing-at-rail": { title: "console.differs-missing-there", advice: "console.differs-missing-there-advice" },
  "amount-differs": { title: "console.differs-amount", advice: "console.differs-amount-advice" },
  "state-differs": { title: "console.differs-state", advice: "console.differs-state-advice" },
};

const ofMoneyBack: Readonly<Record<ReconciliationDifference["kind"], InWords>> = {
  "missing-here": { title: "console.differs-back-here", advice: "console.differs-back-here-advice" },
  "missing-at-rail": { title: "console.differs-back-there", advice: "console.differs-back-there-advice" },
  "amount-differs": { title: "console.differs-amount", advice: "console.differs-amount-advice" },
  "state-differs": { title: "console.differs-back-here", advice: "console.differs-back-here-advice" },
};

/** What is not the same on both sides, and what to do about it. */
export function differenceWords({ kind, what }: ReconciliationDifference): InWords {
  return what === "payment" ? ofPayments[kind] : ofMoneyBack[kind];
}

/** Why a bill is not there. */
export function reasonWords(reason: string): WordKey {
  if (reason === "not-ready") return "console.bill-not-ready";
  return reason === "bad-signature" ? "console.bill-forged" : "console.bill-unread";
}
