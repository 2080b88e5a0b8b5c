import { create } from "zustand";
import type { Arrival } from "../../main/contract/manager.ts";

/** The parts of the page, in the order of the navigation. */
export const sections = ["today", "sync", "reports", "ledger", "devices", "catalogue", "chat", "till"] as const;

/** A part of the page. */
export type Section = (typeof sections)[number];

/** Whether a text names a part of the page. */
export function isSection(text: string | null): text is Section {
  return text !== null && (sections as readonly string[]).includes(text);
}

/** How far closing the shift has come on this page. */
export type ClosingStep = "none" | "counting" | "asking";

/** What is only about looking. Everything about the shop is the till's. */
export type View = {
  readonly section: Section;
  /** The state the log shows alone, or null for all. */
  readonly filter: Arrival | null;
  /** A receipt's number that is looked for, or null while nobody looks for one. */
  readonly query: string | null;
  /** How many rows of the log lie before the page that is shown. */
  readonly skip: number;
  /** The opened entry; `worst` opens the first one that needs somebody, null is none. */
  readonly opened: number | "worst" | null;
  readonly hoursAsTable: boolean;
  readonly closing: ClosingStep;
  /** The shift whose cash is being counted: another one may be open before the count is done. */
  readonly countedShift: string;
  /** What has been typed as counted cash. */
  readonly counted: string;
  /** The Z report that is open; `list` shows the list of them with the newest, null the shift that is open now. */
  readonly zReport: number | "list" | null;
  /** The entries before which the pages of that list begin, down to the one in view; none on its first page. */
  readonly zBefore: readonly number[];
  /** Whether the Z report in view was made on this page just now. */
  readonly isJustClosed: boolean;
  readonly question: "sign-out" | "reset" | null;
  /** The till has left its shop: it does not come back by itself. */
  readonly hasLeft: boolean;
  /** The open chat: a thread's id, or `operator` for that one whichever id it has; null shows the list alone. */
  readonly thread: string | null;
};

/** A page that has just been opened. */
export const viewAtStart: View = {
  section: "today",
  filter: null,
  query: null,
  skip: 0,
  opened: "worst",
  hoursAsTable: false,
  closing: "none",
  countedShift: "",
  counted: "",
  zReport: null,
  zBefore: [],
  isJustClosed: false,
  question: null,
  hasLeft: false,
  thread: null,
};

/** What is only about looking. */
export const useView = create<View>(() => viewAtStart);

/** Changes what is only about looking. */
export function setView(change: Partial<View>): void {
  useView.setState(change);
}

/** Goes to a part of the page; an unanswered question there was not meant for later. */
export function openSection(section: Section): void {
  setView({ section, question: null, closing: "none", counted: "", zReport: null, zBefore: [], isJustClosed: false });
}
