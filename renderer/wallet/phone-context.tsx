import { createContext, use, useMemo, useSyncExternalStore, type ReactNode } from "react";
import type { Locale } from "../../main/contract/snapshot.ts";
import type { PhoneActions, PhoneState, View } from "./phone-state.ts";
import type { Routing } from "./routing.ts";

/** A phone as its screens see it: a state that changes, and what can be done. */
export type HeldPhone = PhoneActions & { state(): PhoneState; subscribe(hear: () => void): () => void };

type Held = {
  readonly phone: HeldPhone;
  readonly routing: Routing;
  readonly zone: string;
  onLocale(locale: Locale): void;
};

const PhoneContext = createContext<Held | null>(null);

/** Gives everything below it the phone. */
export function PhoneProvider({ phone, routing, zone, onLocale, children }: Held & { children: ReactNode }) {
  const held = useMemo(() => ({ phone, routing, zone, onLocale }), [phone, routing, zone, onLocale]);
  return <PhoneContext value={held}>{children}</PhoneContext>;
}

function useHeld(): Held {
  const held = use(PhoneContext);
  if (held === null) throw new Error("There is no PhoneProvider above this component.");
  return held;
}

/** What the phone knows now. */
export function usePhoneState(): PhoneState {
  const { phone } = useHeld();
  return useSyncExternalStore(phone.subscribe, phone.state);
}

/** What can be done on the phone. */
export function usePhone(): PhoneActions {
  return useHeld().phone;
}

/** The screen that is shown. */
export function useView(): View {
  const { routing } = useHeld();
  return useSyncExternalStore(routing.subscribe, routing.view);
}

/** Goes to another screen. */
export function useGo(): (view: View) => void {
  return useHeld().routing.go;
}

/** Changes the phone's language. */
export function useSetLocale(): (locale: Locale) => void {
  return useHeld().onLocale;
}

/** The IANA time zone in which the phone tells times. */
export function useZone(): string {
  return useHeld().zone;
}
