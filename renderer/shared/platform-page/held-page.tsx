import { createContext, use, useMemo, useSyncExternalStore, type ReactNode } from "react";
import type { Locale } from "../../../main/contract/snapshot.ts";
import type { Routing } from "./address-routing.ts";

/** A page's knowledge as its parts see it: a state that changes, and what can be done. */
export type HeldStore<State, Actions> = Actions & { state(): State; subscribe(hear: () => void): () => void };

/** All that the parts of a page of the platform stand on. `zone` is the IANA time zone in which it tells times. */
export type HeldPage<State, Actions, View> = {
  readonly store: HeldStore<State, Actions>;
  readonly routing: Routing<View>;
  readonly zone: string;
  onLocale(locale: Locale): void;
};

/** Makes the provider of one kind of page, and the hooks of the parts below it. */
export function createHeldPage<State, Actions, View>() {
  type Held = HeldPage<State, Actions, View>;
  const Context = createContext<Held | null>(null);

  function Provider({ store, routing, zone, onLocale, children }: Held & { children: ReactNode }) {
    const held = useMemo(() => ({ store, routing, zone, onLocale }), [store, routing, zone, onLocale]);
    return <Context value={held}>{children}</Context>;
  }

  function useHeld(): Held {
    const held = use(Context);
    if (held === null) throw new Error("There is no provider of the page above this component.");
    return held;
  }

  function useHeldState(): State {
    const { store } = useHeld();
    return useSyncExternalStore(store.subscribe, store.state);
  }

  function useView(): View {
    const { routing } = useHeld();
    return useSyncExternalStore(routing.subscribe, routing.view);
  }

  return {
    Provider,
    /** What the page knows now. */
    useState: useHeldState,
    /** What can be done. */
    useActions: (): Actions => useHeld().store,
    /** What is shown. */
    useView,
    /** Goes somewhere else on the page. */
    useGo: (): ((view: View) => void) => useHeld().routing.go,
    /** Changes the page's language. */
    useSetLocale: (): ((locale: Locale) => void) => useHeld().onLocale,
    /** The IANA time zone in which the page tells times. */
    useZone: (): string => useHeld().zone,
  };
}
