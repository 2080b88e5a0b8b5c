/** What a till is doing while a flush fails. `start` and `first-start` are its opening. */
export const failingSteps = [
  "first-start",
  "start",
  "start-after-kill",
  "sale",
  "wallet-sale",
  "refund",
  "shift",
  "setting",
  "checkpoint",
  "backup",
  "close",
] as const;

/** One till whose flush fails. */
export interface FailingCase {
  /** Its folder below the one that is watched. */
  name: string;
  step: (typeof failingSteps)[number];
  /** Which flush of the step fails; 0 for none. */
  flush: number;
  /** Only that flush, or every one from then on. */
  how: "once" | "on";
  /** Whether the ledger is closed at the end, or the program ends without. */
  closes: boolean;
}
