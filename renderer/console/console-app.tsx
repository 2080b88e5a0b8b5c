import type { Locale } from "../../main/contract/snapshot.ts";
import type { WordKey } from "../shared/words/en.ts";
import type { Routing } from "../shared/platform-page/address-routing.ts";
import { useOwnPlace } from "../shared/own-place.ts";
import { WordsProvider } from "../shared/words/intl.tsx";
import { ConsolePage } from "./console-page.tsx";
import { DeskProvider, useDeskState, type HeldDesk } from "./desk-context.tsx";
import type { ConsoleView } from "./desk-state.ts";
import { GatePage } from "./gate-page.tsx";

/** The platform's console in the operator's language and time zone. */
export function ConsoleApp(props: {
  desk: HeldDesk;
  routing: Routing<ConsoleView>;
  locale?: Locale;
  zone?: string;
  words?: Readonly<Record<WordKey, string>> | undefined;
}) {
  const { locale, zone, setLocale } = useOwnPlace("suanpan.console.locale", props);
  return (
    <WordsProvider locale={locale} words={props.words}>
      <DeskProvider store={props.desk} routing={props.routing} zone={zone} onLocale={setLocale}>
        <Parts />
      </DeskProvider>
    </WordsProvider>
  );
}

function Parts() {
  return useDeskState().isOpen ? <ConsolePage /> : <GatePage />;
}
