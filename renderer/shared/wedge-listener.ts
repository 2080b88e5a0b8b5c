import { usCharacter } from "./wedge-keys.ts";
import { wedgeAtRest, wedgeIdle, wedgeIdleMs, wedgeKey, type WedgeState, type WedgeStep } from "./wedge.ts";

type Field = HTMLInputElement | HTMLTextAreaElement;

function textField(target: EventTarget | null): Field | null {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;
}

/** Sets a field's text the way a person's typing does, so that React hears of it. */
function write(field: Field, value: string): void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function insert(field: Field, text: string): void {
  const start = field.selectionStart ?? field.value.length;
  const end = field.selectionEnd ?? field.value.length;
  write(field, field.value.slice(0, start) + text + field.value.slice(end));
  field.setSelectionRange(start + text.length, start + text.length);
}

function isKeyOfText(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.altKey && !event.metaKey;
}

function characterOf(event: KeyboardEvent): string | null {
  if (!isKeyOfText(event)) return null;
  if (event.key.length === 1 && event.key >= " " && event.key <= "~") return event.key;
  const isHidden =
    event.isComposing || event.key === "Process" || event.key === "Unidentified" || event.key.length === 1;
  return isHidden ? usCharacter(event.code, event.shiftKey) : null;
}

const silentKeys: ReadonlySet<string> = new Set(["Shift", "CapsLock", "NumLock", "AltGraph"]);

/** Keys that were held back and given again; they are a person's, so they are not judged a second time. */
const replayed = new WeakSet<Event>();

/** Strikes the keys of a text once more where they were struck. */
function replay(target: EventTarget, text: string): void {
  for (const key of text) {
    for (const type of ["keydown", "keyup"]) {
      const event = new KeyboardEvent(type, { key, bubbles: true, cancelable: true });
      replayed.add(event);
      target.dispatchEvent(event);
    }
  }
}

/** What the page does with codes, and whether a person's typing means anything to it now outside of text fields. */
type WedgeUser = { onScan(text: string): void; isTypingMeant(): boolean };

/**
 * Listens for a scanner that types, before anything on the page hears a key. `onScan` gets each whole code once; what
 * of it had reached a text field is taken out again, and keys that turn out to be a person's are given back to where
 * they were struck. Returns the way to stop.
 */
export function listenForWedge(page: Window, { onScan, isTypingMeant }: WedgeUser): () => void {
  let state: WedgeState = wedgeAtRest;
  let before: { field: Field; value: string } | null = null;
  let target: EventTarget | null = null;
  let idle = 0;

  function apply(step: WedgeStep): void {
    state = step.state;
    const field = textField(target);
    if (step.release !== "" && field !== null) insert(field, step.release);
    else if (step.release !== "" && target !== null) replay(target, step.release);
    if (step.scan === null) return;
    if (before !== null && step.scan.leaked > 0) write(before.field, before.value);
    before = null;
    onScan(step.scan.text);
  }

  function hear(event: KeyboardEvent): void {
    if (silentKeys.has(event.key) || replayed.has(event)) return;
    page.clearTimeout(idle);
    const field = textField(event.target);
    const value = field?.value ?? "";
    const isLenient = field === null && !isTypingMeant();
    const step = wedgeKey(state, {
      character: characterOf(event),
      isEnd: (event.key === "Enter" || event.key === "Tab") && isKeyOfText(event),
      isRepeat: event.repeat,
      isLenient,
      timeMs: event.timeStamp,
    });
    if (step.hold) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    // What was held back goes where it was struck, before the burst that this key may begin.
    apply(step);
    if (step.state.text.length === 1) {
      target = event.target;
      before = field === null ? null : { field, value: step.release === "" ? value : field.value };
    }
    if (state.text !== "") idle = page.setTimeout(() => apply(wedgeIdle(state)), wedgeIdleMs(isLenient));
  }

  page.addEventListener("keydown", hear, { capture: true });
  return () => {
    page.removeEventListener("keydown", hear, { capture: true });
    page.clearTimeout(idle);
  };
}
