import type { Locale } from "../../main/contract/snapshot.ts";
import type { WordKey } from "../shared/words/en.ts";
import type { Routing } from "../shared/platform-page/address-routing.ts";
import { useOwnPlace } from "../shared/own-place.ts";
import { TradeProvider, WordsProvider } from "../shared/words/intl.tsx";
import { Choose } from "./choose.tsx";
import { Chat } from "./chat.tsx";
import { Chats } from "./chats.tsx";
import { CodeText } from "./code-text.tsx";
import { Frame } from "./frame.tsx";
import { History } from "./history.tsx";
import { Pay } from "./pay.tsx";
import { PhoneProvider, usePhoneState, useView, type HeldPhone } from "./phone-context.tsx";
import type { View } from "./phone-state.ts";
import { ReturnCode } from "./return-code.tsx";
import { Settings } from "./settings.tsx";

/** A shopper's phone in the shopper's language. Times are those of the place where the phone is. */
export function WalletApp(props: {
  phone: HeldPhone;
  routing: Routing<View>;
  locale?: Locale;
  zone?: string;
  words?: Readonly<Record<WordKey, string>> | undefined;
}) {
  const { locale, zone, setLocale } = useOwnPlace("suanpan.wallet.locale", props);
  return (
    <WordsProvider locale={locale} words={props.words}>
      <PhoneProvider store={props.phone} routing={props.routing} zone={zone} onLocale={setLocale}>
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
