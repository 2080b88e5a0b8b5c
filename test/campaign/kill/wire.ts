import type { Snapshot } from "../../../main/contract/snapshot.ts";

/** How a till is started to be killed. */
export type Plan = {
  folder: string;
  platformUrl: string;
  /** For a till that is not enrolled yet. */
  enrolmentCode?: string;
  printerPort: number;
  /** `rebuild` makes the projections again, as the command of that name does, and ends. */
  task: "sell" | "rebuild";
  /** The step of its own at which it kills itself, and at which of its times. */
  dieAt?: { step: string; time: number };
};

/** What the window of a till shows, as far as the campaign looks at it. */
export type View = {
  basket: Snapshot["basket"];
  payment?: Snapshot["payment"];
  undoing?: number;
  outcome?: Snapshot["outcome"];
  notice?: { id: number; code: string; saleId?: string };
  /** `paymentId` where it was set aside with a payment that is still under way. */
  parked: { saleId: string; totalMinor: number; paymentId?: string }[];
  online: boolean;
  printerIsReady: boolean;
};

/** What is asked of the till: a method of its contract, or that it puts itself away. */
export type Command = { id: number; method: string; input: unknown; role: string } | { id: number; close: true };

/** What the till says, one JSON line each, written with a system call of its own before the till goes on. */
export type Said =
  | { ready: View }
  | { shown: View }
  | { answer: number; value: unknown }
  | { refused: number; code: string }
  | { dying: string }
  | { trouble: string }
  | { failed: string };

/** The float of a new till: ¥500.00. */
export const floatMinor = 500_00;
