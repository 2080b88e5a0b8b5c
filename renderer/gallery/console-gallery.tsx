import type { Locale } from "../../main/contract/snapshot.ts";
import { ConsoleApp } from "../console/console-app.tsx";
import type { HeldDesk } from "../console/desk-context.tsx";
import type { ConsoleView, DeskState } from "../console/desk-state.ts";
import type { Routing } from "../shared/platform-page/address-routing.ts";
import type { WordKey } from "../shared/words/en.ts";
import { consoleStates, type ConsoleScreen } from "./console-states.ts";

/** The names of the console's screens. */
export const consoleScreenNames: readonly string[] = Object.keys(consoleStates);

const nothing = () => {};

function standingDesk(state: DeskState): HeldDesk {
  return {
    state: () => state,
    subscribe: () => nothing,
    open: nothing,
    leave: nothing,
    olderPayments: nothing,
    makeCode: nothing,
    write: nothing,
    writeAgain: nothing,
    olderMessages: nothing,
    dismissFault: nothing,
  };
}

function standingRouting(view: ConsoleView): Routing<ConsoleView> {
  return { view: () => view, subscribe: () => nothing, go: nothing };
}

/** One part of the console, standing still. */
export function ConsoleGallery(props: {
  name: string;
  locale: Locale;
  words: Readonly<Record<WordKey, string>> | undefined;
}) {
  const screens: Readonly<Record<string, ConsoleScreen>> = consoleStates;
  const screen = screens[props.name] ?? consoleStates["console-overview"];
  return (
    <ConsoleApp
      desk={standingDesk(screen.state)}
      routing={standingRouting(screen.view)}
      locale={props.locale}
      zone="Asia/Shanghai"
      words={props.words}
    />
  );
}
