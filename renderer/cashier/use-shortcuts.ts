import { useEffect, useRef } from "react";
import { entryKeyOf } from "../shared/number-entry.ts";
import { useWords } from "../shared/words/intl.tsx";
import { needsAge } from "./age-step.tsx";
import type { Entry } from "./entries/entry.ts";
import { useEntry } from "./entries/use-entry.ts";
import { useAct, useSessionState, useSnapshot } from "./till.tsx";
import { closePanel, openPanel, setView, useView } from "./view.ts";

/** Keys that press a key of the screen, by the name it carries. */
const shortcuts: Readonly<Record<string, string>> = {
  F3: "park",
  F4: "discount",
  F5: "return",
  F6: "copy",
  F7: "line",
  F8: "cash-exact",
  F9: "main",
  F10: "receipts",
  "Shift F1": "more-sheet",
  "Shift F8": "cash-other",
  "+": "more",
  "-": "fewer",
  Delete: "remove",
};

function press(shortcut: string): boolean {
  const key = document.querySelector<HTMLElement>(`[data-shortcut="${shortcut}"]`);
  key?.click();
  return key !== null;
}

/** The keys below the goods, which a panel covers. */
const rowShortcuts: ReadonlySet<string> = new Set(["park", "discount", "return", "receipts", "more-sheet"]);

/** Gives the left side back to the goods, and presses the key once it is there. An outcome stays what it is. */
function pressOnceClosed(shortcut: string): boolean {
  if (useView.getState().panel === null) return false;
  closePanel();
  requestAnimationFrame(() => press(shortcut));
  return true;
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

/** Escape goes one step back: the message, the panel, the listening place, the search, the selected line, the notice. */
function goBack(): void {
  const view = useView.getState();
  if (view.message !== null) setView({ message: null });
  else if (view.panel !== null) closePanel();
  else if (view.isListening) setView({ isListening: false });
  else if (view.query !== "") setView({ query: "" });
  else if (view.selectedLineId !== null) setView({ selectedLineId: null });
  else press("dismiss");
}

/**
 * Types on the open pad. Enter takes the number: a key that a finger touched last would else be typed once more. Only
 * where somebody walks from key to key, Enter presses the key they stand on.
 */
function typeOnPad(event: KeyboardEvent, entry: Entry, walk: Walk): boolean {
  if (event.key === "Enter" && !(walk.isUnderWay && event.target instanceof HTMLButtonElement)) {
    // The key that was touched last still has the focus and would hear Enter as a press.
    event.stopPropagation();
    if (entry.isReady) entry.take();
    return true;
  }
  const key = entryKeyOf(event.key);
  if (key === null) return false;
  walk.isUnderWay = false;
  entry.type(key);
  return true;
}

/** Why there is no key for exact cash now. */
function useCashReason(): string {
  const words = useWords();
  const { phase } = useSessionState();
  const { basket, outcome, payment } = useSnapshot();
  if (phase !== "ready") return words("restarting.tender");
  if (needsAge(basket)) return words("tender.age");
  if (basket.cashPartMinor !== undefined) return words("tender.part");
  if (outcome !== undefined) return words("tender.paid");
  return words(payment === undefined ? "tender.empty" : "tender.asking");
}

/** What the keyboard does besides pressing keys of the screen. */
type Keyboard = { readonly entry: Entry | null; readonly cashReason: string; copy(): void };

/** Whether somebody goes from key to key with Tab. A touch or a typed digit ends it. */
type Walk = { isUnderWay: boolean };

function hear(event: KeyboardEvent, keyboard: Keyboard, walk: Walk): boolean {
  const { entry, cashReason } = keyboard;
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  if (event.key === "Tab") walk.isUnderWay = true;
  if (event.key === "Escape") {
    goBack();
    return true;
  }
  const name = event.shiftKey && event.key.startsWith("F") ? `Shift ${event.key}` : event.key;
  if (name === "F1") {
    openPanel({ kind: "help" });
    return true;
  }
  if (event.key === "F2") {
    closePanel();
    // The field is there once the panel has gone.
    requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-search]")?.focus());
    return true;
  }
  if (entry !== null && typeOnPad(event, entry, walk)) return true;
  const shortcut = shortcuts[name];
  if (shortcut === undefined) return false;
  if (!event.key.startsWith("F") && isTextField(event.target)) return false;
  if (press(shortcut)) return true;
  if (rowShortcuts.has(shortcut)) return pressOnceClosed(shortcut);
  if (shortcut === "copy") {
    keyboard.copy();
    return true;
  }
  if (name !== "F8") return false;
  setView({ message: { kind: "reason", text: cashReason } });
  return true;
}

/** Prints a copy of the last receipt, or says that there is none. */
function useCopy(): () => void {
  const words = useWords();
  const act = useAct();
  const { staff } = useSnapshot();
  const last = staff?.lastSale;
  return () => {
    if (last !== undefined) void act("receipt.print-copy", { saleId: last.saleId });
    else setView({ message: { kind: "reason", text: words("function.copy-none") } });
  };
}

/** The keyboard of the page, heard after the scanner's keys have been taken out. */
export function useShortcuts(): void {
  const entry = useEntry();
  const cashReason = useCashReason();
  const copy = useCopy();
  const newest = useRef<Keyboard>({ entry, cashReason, copy });
  useEffect(() => {
    newest.current = { entry, cashReason, copy };
  });
  useEffect(() => {
    const walk: Walk = { isUnderWay: false };
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (hear(event, newest.current, walk)) event.preventDefault();
    };
    const touch = () => {
      walk.isUnderWay = false;
    };
    window.addEventListener("keydown", listen, { capture: true });
    window.addEventListener("pointerdown", touch, { capture: true });
    return () => {
      window.removeEventListener("keydown", listen, { capture: true });
      window.removeEventListener("pointerdown", touch, { capture: true });
    };
  }, []);
}
