import { create } from "zustand";
import type { Fault } from "../../main/contract/errors.ts";
import type { Tile } from "../../main/contract/snapshot.ts";
import type { StageView } from "./stage.ts";

/** What fills the upper part in the place of the list. */
export type Panel =
  | { kind: "goods"; category: string | null }
  | { kind: "weight"; tile: Tile }
  | { kind: "quantity"; lineId: string; name: string }
  | { kind: "pin" }
  | { kind: "start-over" }
  | { kind: "access" }
  | { kind: "other-ways" };

/** How this shopper sees and reaches the page. */
export type Access = { readonly isLarge: boolean; readonly isHighContrast: boolean; readonly isLow: boolean };

/** A page as most shoppers use it. */
export const plainAccess: Access = { isLarge: false, isHighContrast: false, isLow: false };

/** What is only about looking, for one shopper. Everything about the sale is in the till's snapshot. */
export type View = StageView & {
  readonly panel: Panel | null;
  /** What has been typed on the open pad. */
  readonly entry: string;
  readonly query: string;
  /** The line on the beam, where it is not the newest. */
  readonly selectedLineId: string | null;
  readonly access: Access;
  /** When a person was called, in milliseconds since 1970. */
  readonly helpCalledMs: number | null;
  /** What the till refused to do, until the next thing works. */
  readonly fault: Fault | null;
  /** Why a key cannot be used now, after it was touched. */
  readonly reason: string | null;
  /** Until then no PIN is taken. */
  readonly pinWaitUntilMs: number;
};

/** A page that nobody has touched. */
export const viewAtStart: View = {
  hasBegun: false,
  wantsToPay: false,
  leftSaleId: null,
  panel: null,
  entry: "",
  query: "",
  selectedLineId: null,
  access: plainAccess,
  helpCalledMs: null,
  fault: null,
  reason: null,
  pinWaitUntilMs: 0,
};

/** What is only about looking. */
export const useView = create<View>(() => viewAtStart);

/** Changes what is only about looking. */
export function setView(change: Partial<View>): void {
  useView.setState(change);
}

/** Opens a panel with nothing typed. */
export function openPanel(panel: Panel): void {
  setView({ panel, entry: "", query: "", fault: null, reason: null });
}

/** Gives the place of a panel back. */
export function closePanel(): void {
  setView({ panel: null, entry: "", query: "", fault: null, reason: null });
}

/**
 * Forgets everything of a shopper. What must outlive them is the wait after wrong PINs, which is no shopper's, and which
 * receipt has left the view.
 */
export function forgetShopper(leftSaleId: string | null): void {
  const { pinWaitUntilMs } = useView.getState();
  setView({ ...viewAtStart, pinWaitUntilMs, leftSaleId });
}
