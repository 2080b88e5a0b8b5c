import { useEffect, useRef } from "react";
import { TillError } from "../../main/contract/errors.ts";
import { useClock, useNow } from "../shared/clock.tsx";
import { entryKeyOf, type EntryKey } from "../shared/number-entry.ts";
import { useRecoverySession } from "./recovery-session.tsx";
import { closePad, setView, useView } from "./view.ts";

const fewestDigits = 4;
const mostDigits = 8;

/** A pad for a PIN: what a key does, what is typed, and what may be done with it now. */
export type PinPad = {
  type(key: EntryKey): void;
  digits: number;
  /** Places that are drawn, whether typed in or not. */
  places: number;
  /** Seconds until a PIN is taken again; 0 where one is taken now. */
  waitSeconds: number;
  isWhole: boolean;
  isBusy: boolean;
  approve(): void;
};

/** A PIN is digits and no number: a nought in front counts. */
function typedPin(pin: string, key: EntryKey): string {
  if (key === "clear") return "";
  if (key === "back") return pin.slice(0, -1);
  return /^\d$/.test(key) && pin.length < mostDigits ? pin + key : pin;
}

/** The pad for a manager's PIN. Takes the digits of a keyboard as well; Enter opens the shop, Escape puts the pad away. */
export function usePinPad(): PinPad {
  const session = useRecoverySession();
  const { pin, isBusy, waitUntilMs } = useView();
  const clock = useClock();
  const waitSeconds = Math.max(0, Math.ceil((waitUntilMs - useNow(1000)) / 1000));
  const isWhole = pin.length >= fewestDigits;

  async function approve(): Promise<void> {
    if (isBusy || !isWhole || waitSeconds > 0) return;
    setView({ pin: "", isBusy: true, fault: null });
    try {
      await session.call("recovery.approve", { pin });
    } catch (error) {
      if (!(error instanceof TillError)) throw error;
      const seconds = error.params["seconds"];
      setView({
        fault: { code: error.code, params: { ...error.params } },
        ...(typeof seconds === "number" ? { waitUntilMs: clock() + seconds * 1000 } : {}),
      });
    } finally {
      setView({ isBusy: false });
    }
  }

  // Whoever types again has read what the last one was refused for.
  const type = (key: EntryKey) => setView({ pin: typedPin(useView.getState().pin, key), fault: null });
  const pad: PinPad = {
    type,
    digits: pin.length,
    places: Math.max(fewestDigits, pin.length),
    waitSeconds,
    isWhole,
    isBusy,
    approve: () => void approve(),
  };
  useKeyboard(pad);
  return pad;
}

function useKeyboard(pad: PinPad): void {
  const newest = useRef(pad);
  useEffect(() => {
    newest.current = pad;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Escape") closePad();
      if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) newest.current.approve();
      const key = entryKeyOf(event.key);
      if (key !== null) newest.current.type(key);
    };
    window.addEventListener("keydown", hear, { capture: true });
    return () => window.removeEventListener("keydown", hear, { capture: true });
  }, []);
}
