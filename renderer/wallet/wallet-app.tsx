import { useState } from "react";
import type { Locale } from "../../main/contract/snapshot.ts";
import type { WordKey } from "../shared/words/en.ts";
import { TradeProvider, WordsProvider } from "../shared/words/intl.tsx";
import { Choose } from "./choose.tsx";
import { Chat } from "./chat.tsx";
import { Chats } from "./chats.tsx";
import { CodeText } from "./code-text.tsx";
import { Frame } from "./frame.tsx";
import { History } from "./history.tsx";
import { Pay } from "./pay.tsx";
import { PhoneProvider, usePhoneState, useView, type HeldPhone } from "./phone-context.tsx";
import { ReturnCode } from "./return-code.tsx";
import type { Routing } from "./routing.ts";
import { Settings } from "./settings.tsx";

const storageName = "suanpan.wallet.locale";

function firstLocale(): Locale {
  const kept = localStorage.getItem(storageName);
  if (kept === "en" || kept === "zh-CN") return kept;
  return navigator.language.startsWith("zh") ? "zh-CN" : "en";
}

/** A shopper's phone in the shopper's language. Times are those of the place where the phone is. */
export function WalletApp(props: {
  phone: HeldPhone;
  routing: Routing;
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
      <PhoneProvider phone={props.phone} routing={props.routing} zone={zone} onLocale={change}>
        <Screens zone={zone} />
      </PhoneProvider>
    </WordsProvider>
  );
}

function Screens({ zone }: { zone: string }) {
  const { owner, wallet } = usePhoneState();
  return (
    <TradeProvider trade={{ currency: wallet?.currency ?? "CNY", zone }}>
      <Frame>{owner === null ? <Choose /> : <Screen />}</Frame>
    </TradeProvider>
  );
}

function Screen() {
  const view = useView();
  switch (view.screen) {
    case "pay":
      return <Pay />;
    case "code":
      return <CodeText />;
    case "chats":
      return <Chats />;
    case "chat":
      return <Chat key={view.threadId} threadId={view.threadId} about={view.about} />;
    case "return":
      return <ReturnCode threadId={view.threadId} messageId={view.messageId} />;
    case "history":
      return <History />;
    case "settings":
      return <Settings />;
  }
}
