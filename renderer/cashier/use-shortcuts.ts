import { useEffect, useRef } from "react";
import { entryKeyOf } from "../shared/number-entry.ts";
import { useWords } from "../shared/words/intl.tsx";
import { useEntry, type Entry } from "./entries.ts";
import { useSessionState, useSnapshot } from "./till.tsx";
import { closePanel, openPanel, setView, useView } from "./view.ts";

/** Keys that press a key of the screen, by the name it carries. */
const shortcuts: Readonly<Record<string, string>> = {
  F6: "copy",
  F8: "cash-exact",
  F9: "main",
  "+": "more",
  "-": "fewer",
  Delete: "remove",
};

function press(shortcut: string): boolean {
  const key = document.querySelector<HTMLElement>(`[data-shortcut="${shortcut}"]`);
  key?.click();
  return key !== null;
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

function typeOnPad(event: KeyboardEvent, entry: Entry): boolean {
  if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) {
    if (entry.isReady) entry.take();
    return true;
  }
  const key = entryKeyOf(event.key);
  if (key === null) return false;
  entry.type(key);
  return true;
}

/** Why there is no key for exact cash now. */
function useCashReason(): string {
  const words = useWords();
  const { phase } = useSessionState();
  const { outcome, payment } = useSnapshot();
  if (phase !== "ready") return words("restarting.tender");
  if (outcome !== undefined) return words("tender.paid");
  return words(payment === undefined ? "tender.empty" : "tender.asking");
}

function hear(event: KeyboardEvent, entry: Entry | null, cashReason: string): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  if (event.key === "Escape") {
    goBack();
    return true;
  }
  if (event.key === "F1") {
    openPanel({ kind: "help" });
    return true;
  }
  if (event.key === "F2") {
    closePanel();
    // The field is there once the panel has gone.
    requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-search]")?.focus());
    return true;
  }
  if (entry !== null && typeOnPad(event, entry)) return true;
  const shortcut = shortcuts[event.key];
  if (shortcut === undefined) return false;
  if (!event.key.startsWith("F") && isTextField(event.target)) return false;
  if (press(shortcut)) return true;
  if (event.key !== "F8") return false;
  setView({ message: { kind: "reason", text: cashReason } });
  return true;
}

/** The keyboard of the page, heard after the scanner's keys have been taken out. */
export function useShortcuts(): void {
  const entry = useEntry();
  const cashReason = useCashReason();
  const newest = useRef({ entry, cashReason });
  useEffect(() => {
    newest.current = { entry, cashReason };
  }, [entry, cashReason]);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (hear(event, newest.current.entry, newest.current.cashReason)) event.preventDefault();
    };
    window.addEventListener("keydown", listen, { capture: true });
    return () => window.removeEventListener("keydown", listen, { capture: true });
  }, []);
}
