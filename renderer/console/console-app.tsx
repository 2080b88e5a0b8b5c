import { useState } from "react";
import type { Locale } from "../../main/contract/snapshot.ts";
import type { WordKey } from "../shared/words/en.ts";
import { WordsProvider } from "../shared/words/intl.tsx";
import { ConsolePage } from "./console-page.tsx";
import { DeskProvider, useDeskState, type HeldDesk } from "./desk-context.tsx";
import { GatePage } from "./gate-page.tsx";
import type { ConsoleRouting } from "./routing.ts";

const storageName = "suanpan.console.locale";

function firstLocale(): Locale {
  const kept = localStorage.getItem(storageName);
  if (kept === "en" || kept === "zh-CN") return kept;
  return navigator.language.startsWith("zh") ? "zh-CN" : "en";
}

/** The platform's console in the operator's language and time zone. */
export function ConsoleApp(props: {
  desk: HeldDesk;
  routing: ConsoleRouting;
  locale?: Locale;
  zone?: string;
  words?: Readonly<Record<WordKey, string>> | undefined;
}) {
  const [locale, setLocale] = useState<Locale>(props.locale ?? firstLocale);
  const [zone] = useState(() => props.zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const change = (next: Locale) => {
    localStorage.setItem(storageName, next);
    setLocale(next);
  };
  return (
    <WordsProvider locale={locale} words={props.words}>
      <DeskProvider desk={props.desk} routing={props.routing} zone={zone} onLocale={change}>
        <Parts />
      </DeskProvider>
    </WordsProvider>
  );
}

function Parts() {
  return useDeskState().isOpen ? <ConsolePage /> : <GatePage />;
}
