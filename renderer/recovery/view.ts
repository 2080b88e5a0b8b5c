import { create } from "zustand";
import type { Fault } from "../../main/contract/errors.ts";

/** What is only about looking. How the recovery stands is in the till's snapshot. */
export type View = {
  /** The pad for a manager's PIN is open. */
  readonly isApproving: boolean;
  readonly pin: string;
  /** A PIN is being looked at, or the new ledger begun. */
  readonly isBusy: boolean;
  /** Why the last PIN did not open the shop. */
  readonly fault: Fault | null;
  /** Until when the pad takes no PIN after too many wrong ones, in milliseconds since 1970. */
  readonly waitUntilMs: number;
  /** Why a key that was touched cannot be used; for who listens. */
  readonly reason: string;
};

/** The view of a page that has just been opened. */
export const viewAtStart: View = {
  isApproving: false,
  pin: "",
  isBusy: false,
  fault: null,
  waitUntilMs: 0,
  reason: "",
};

/** What is only about looking. */
export const useView = create<View>(() => viewAtStart);

/** Changes what the page shows beside how the recovery stands. */
export function setView(change: Partial<View>): void {
  useView.setState(change);
}

/** Opens the pad for a manager's PIN. */
export function openPad(): void {
  setView({ ...viewAtStart, isApproving: true, waitUntilMs: useView.getState().waitUntilMs });
}

/** Puts the pad away; what was typed is forgotten. */
export function closePad(): void {
  setView({ isApproving: false, pin: "", fault: null });
}
