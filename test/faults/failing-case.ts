/** What a till is doing while a call of its disk fails. `start` and `first-start` are its opening. */
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

/** One till whose disk fails. */
export interface FailingCase {
  /** Its folder below the one that is watched. */
  name: string;
  step: (typeof failingSteps)[number];
  call: "sync" | "write";
  /** Which of these calls of the step fails; 0 for none. */
  number: number;
  /** Only that call, or every one from then on. */
  how: "once" | "on";
  /** What the kernel answers: EIO when left out. */
  error?: "EIO" | "ENOSPC" | "EROFS";
  /** Whether the ledger is closed at the end, or the program ends without. */
  closes: boolean;
}
