import type { TillContract } from "../../main/contract/methods.ts";
import { Opening } from "../shared/components/opening.tsx";
import type { Session } from "../shared/session.ts";
import { TillSessionProvider, TillSnapshotProvider, useTillSessionState } from "../shared/till-session.tsx";
import type { WordKey } from "../shared/words/en.ts";
import { TradeProvider, WordsProvider } from "../shared/words/intl.tsx";
import { CustomerPage } from "./customer-page.tsx";

type Replaced = { words?: Readonly<Record<WordKey, string>> | undefined };

/** The shopper's display beside a till: a second window that shows and asks nothing. */
export function CustomerApp(props: { session: Session<TillContract> } & Replaced) {
  return (
    <TillSessionProvider session={props.session}>
      <CustomerWindow words={props.words} />
    </TillSessionProvider>
  );
}

function CustomerWindow({ words }: Replaced) {
  const { phase, snapshot, fault } = useTillSessionState();
  if (snapshot === null || phase === "refused") {
    return (
      <WordsProvider locale={snapshot?.locale ?? (navigator.language.startsWith("zh") ? "zh-CN" : "en")} words={words}>
        <Opening fault={fault} />
      </WordsProvider>
    );
  }
  return (
    <WordsProvider locale={snapshot.locale} words={words}>
      <TradeProvider trade={snapshot.till}>
        <TillSnapshotProvider snapshot={snapshot}>
          <CustomerPage />
        </TillSnapshotProvider>
      </TradeProvider>
    </WordsProvider>
  );
}
