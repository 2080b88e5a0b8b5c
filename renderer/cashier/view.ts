import { create } from "zustand";
import type { Fault } from "../../main/contract/errors.ts";
import type { Basket, Tile } from "../../main/contract/snapshot.ts";
import { rememberOpener } from "./focus-return.ts";

/** What fills the left side instead of the goods. */
export type Panel =
  | { kind: "weight"; tile: Tile }
  | { kind: "cash" }
  | { kind: "quantity"; lineId: string; name: string; priceMinor: number }
  | { kind: "void" }
  | { kind: "settings" }
  | { kind: "help" };

/** A message of this page alone: the till's own stand in the snapshot. */
export type PageMessage = { kind: "fault"; fault: Fault } | { kind: "reason"; text: string } | { kind: "scan-refused" };

/** What is only about looking. Everything about the sale is in the till's snapshot. */
export type View = {
  readonly panel: Panel | null;
  /** What has been typed on the open number pad. */
  readonly entry: string;
  /** The unlikely amount of cash that the cashier has been asked about, or null. */
  readonly confirmedMinor: number | null;
  readonly weightUnit: "kilogram" | "gram";
  /** "Pay" was touched: the main key's place waits for the wallet code. */
  readonly isListening: boolean;
  readonly category: string | null;
  readonly query: string;
  /** The line in the place on the beam, where it is not the newest. */
  readonly selectedLineId: string | null;
  readonly message: PageMessage | null;
  /** How many payments were being undone when the notice of it was put away. */
  readonly readUndoing: number;
  /** The lines of the sale that was paid, for as long as its outcome is in view. */
  readonly paidBasket: Basket | null;
};

/** A page that has just been opened. */
export const viewAtStart: View = {
  panel: null,
  entry: "",
  confirmedMinor: null,
  weightUnit: "kilogram",
  isListening: false,
  category: null,
  query: "",
  selectedLineId: null,
  message: null,
  readUndoing: 0,
  paidBasket: null,
};

/** What is only about looking. */
export const useView = create<View>(() => viewAtStart);

/** Changes what is only about looking. */
export function setView(change: Partial<View>): void {
  useView.setState(change);
}

/** Fills the left side with a panel and an empty read-out. */
export function openPanel(panel: Panel): void {
  rememberOpener();
  setView({ panel, entry: "", confirmedMinor: null, isListening: false, message: null });
}

/** Gives the left side back to the goods. */
export function closePanel(): void {
  setView({ panel: null, entry: "" });
}
