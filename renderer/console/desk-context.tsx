import { createContext, use, useMemo, useSyncExternalStore, type ReactNode } from "react";
import type { Locale } from "../../main/contract/snapshot.ts";
import type { OverviewResponse } from "../../sync/protocol/operator-api.ts";
import type { ConsoleView, DeskActions, DeskState } from "./desk-state.ts";
import type { ConsoleRouting } from "./routing.ts";

/** A console as its parts see it: a state that changes, and what can be done. */
export type HeldDesk = DeskActions & { state(): DeskState; subscribe(hear: () => void): () => void };

type Held = {
  readonly desk: HeldDesk;
  readonly routing: ConsoleRouting;
  readonly zone: string;
  onLocale(locale: Locale): void;
};

const DeskContext = createContext<Held | null>(null);

/** Gives everything below it the console. */
export function DeskProvider({ desk, routing, zone, onLocale, children }: Held & { children: ReactNode }) {
  const held = useMemo(() => ({ desk, routing, zone, onLocale }), [desk, routing, zone, onLocale]);
  return <DeskContext value={held}>{children}</DeskContext>;
}

function useHeld(): Held {
  const held = use(DeskContext);
  if (held === null) throw new Error("There is no DeskProvider above this component.");
  return held;
}

/** What the console knows now. */
export function useDeskState(): DeskState {
  const { desk } = useHeld();
  return useSyncExternalStore(desk.subscribe, desk.state);
}

/** What can be done on the console. */
export function useDesk(): DeskActions {
  return useHeld().desk;
}

/** The part that is shown. */
export function useConsoleView(): ConsoleView {
  const { routing } = useHeld();
  return useSyncExternalStore(routing.subscribe, routing.view);
}

/** Goes to another part. */
export function useGoTo(): (view: ConsoleView) => void {
  return useHeld().routing.go;
}

/** Changes the console's language. */
export function useSetConsoleLocale(): (locale: Locale) => void {
  return useHeld().onLocale;
}

/** The IANA time zone in which the console tells times. */
export function useConsoleZone(): string {
  return useHeld().zone;
}

/** What the platform has told last. Only parts that are drawn once it has told something ask for it. */
export function useOverview(): OverviewResponse {
  const { overview } = useDeskState();
  if (overview === null) throw new Error("The platform has not told anything yet.");
  return overview;
}
