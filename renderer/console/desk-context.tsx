import type { OverviewResponse } from "../../sync/protocol/operator-api.ts";
import { createHeldPage, type HeldStore } from "../shared/platform-page/held-page.tsx";
import type { ConsoleView, DeskActions, DeskState } from "./desk-state.ts";

/** A console as its parts see it. */
export type HeldDesk = HeldStore<DeskState, DeskActions>;

/**
 * Everything below the provider has the console: what it knows, what can be done on it, the part that is shown and the
 * way to another, its language and its time zone.
 */
export const {
  Provider: DeskProvider,
  useState: useDeskState,
  useActions: useDesk,
  useView: useConsoleView,
  useGo: useGoTo,
  useSetLocale: useSetConsoleLocale,
  useZone: useConsoleZone,
} = createHeldPage<DeskState, DeskActions, ConsoleView>();

/** What the platform has told last. Only parts that are drawn once it has told something ask for it. */
export function useOverview(): OverviewResponse {
  const { overview } = useDeskState();
  if (overview === null) throw new Error("The platform has not told anything yet.");
  return overview;
}
