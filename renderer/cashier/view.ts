import { create } from "zustand";
import type { Fault } from "../../main/contract/errors.ts";
import type { MethodOutput, TillContract } from "../../main/contract/methods.ts";
import type { RefundQuote } from "../../main/contract/refunds.ts";
import type { PriceReason, RefundReason } from "../../sync/protocol/entry-types.ts";
import type { Basket, Tile } from "../../main/contract/snapshot.ts";
import { rememberOpener } from "./focus-return.ts";

/** A stored sale or refund as the till opened it. */
export type OpenedReceipt = MethodOutput<TillContract, "receipts.open">;

/** A refund that is being made ready: what is left of its sale, and what was chosen of it (pieces, or grams). */
export type OpenRefund = {
  readonly opened: OpenedReceipt;
  readonly refundId: string;
  readonly left: RefundQuote["left"];
  readonly chosen: Readonly<Record<string, number>>;
  readonly reason: RefundReason | null;
  readonly note: string;
};

/** What a closed shift came to. */
export type ClosedShift = MethodOutput<TillContract, "shift.close">;

/** What fills the left side instead of the goods. */
export type Panel =
  | { kind: "weight"; tile: Tile }
  | { kind: "open-price"; tile: Tile }
  /** `isPart`: the wallet pays what this cash leaves. */
  | { kind: "cash"; isPart: boolean }
  | { kind: "quantity"; lineId: string; name: string; priceMinor: number }
  | { kind: "line"; lineId: string }
  | { kind: "price"; lineId: string; reason: PriceReason | null }
  /** Without a line it is a discount of the whole sale. */
  | { kind: "discount"; lineId: string | null; unit: "percent" | "amount" }
  | { kind: "note" }
  | { kind: "parked" }
  /** `isReturn`: somebody brought goods back, so that only sales that can be given back are of use. */
  | { kind: "receipts"; isReturn: boolean }
  | { kind: "receipt"; opened: OpenedReceipt; isReturn: boolean }
  | { kind: "refund"; refund: OpenRefund }
  | { kind: "refund-amount"; refund: OpenRefund }
  | { kind: "more" }
  | { kind: "void" }
  | { kind: "shift" }
  /** The shift whose cash is counted, as far as the report of it was read. */
  | { kind: "count"; shift: string | null }
  | { kind: "shift-closed"; closed: ClosedShift; countedMinor: number }
  | { kind: "settings" }
  | { kind: "help" };

/** A message of this page alone: the till's own stand in the snapshot. */
export type PageMessage = { kind: "fault"; fault: Fault } | { kind: "reason"; text: string } | { kind: "scan-refused" };

/** What is only about looking. Everything about the sale is in the till's snapshot. */
export type View = {
  readonly panel: Panel | null;
  /** What has been typed on the open number pad. */
  readonly entry: string;
  /** What the cashier has been asked to confirm with a second touch, and when (monotonic milliseconds); or null. */
  readonly asked: { readonly minor: number; readonly atMs: number } | null;
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
  /** What the till last said that a refund would pay out, and the choice that it said it of. */
  readonly quoted: { readonly key: string; readonly quote: RefundQuote } | null;
  /** The lines of the sale that was paid, for as long as its outcome is in view. */
  readonly paidBasket: Basket | null;
};

/** A page that has just been opened. */
export const viewAtStart: View = {
  panel: null,
  entry: "",
  asked: null,
  weightUnit: "kilogram",
  isListening: false,
  category: null,
  query: "",
  selectedLineId: null,
  message: null,
  readUndoing: 0,
  quoted: null,
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
  setView({ panel, entry: "", asked: null, isListening: false, message: null });
}

/** Changes what the open panel holds and leaves what was typed. */
export function changePanel(panel: Panel): void {
  setView({ panel, asked: null });
}

/** Gives the left side back to the goods. */
export function closePanel(): void {
  const isLine = useView.getState().panel?.kind === "line";
  setView({ panel: null, entry: "", asked: null, ...(isLine ? { selectedLineId: null } : {}) });
}

/**
 * Closes the panel that is open now when this is done; null or false says that it is not. A till tells of a change before it
 * answers, and a quick hand has opened the next panel by then: that one stays.
 */
export async function closeAfter(work: Promise<unknown>): Promise<void> {
  const { panel } = useView.getState();
  const done = await work;
  if (done !== null && done !== false && useView.getState().panel === panel) closePanel();
}

/** Lays a line on the beam and opens all that can be done with it. */
export function openLine(lineId: string): void {
  openPanel({ kind: "line", lineId });
  setView({ selectedLineId: lineId });
}
