import { useEffect } from "react";
import type { TillContract } from "../../main/contract/methods.ts";
import { Opening } from "../shared/components/opening.tsx";
import type { Session } from "../shared/session.ts";
import { TradeProvider, WordsProvider } from "../shared/words/intl.tsx";
import type { WordKey } from "../shared/words/en.ts";
import { CashierPage } from "./cashier-page.tsx";
import { SnapshotProvider, TillProvider, useSessionState } from "./till.tsx";

/** The cashier's window: its words, its line to the till, and the page as soon as the till has told what to show. */
export function CashierApp(props: {
  session: Session<TillContract>;
  words?: Readonly<Record<WordKey, string>> | undefined;
}) {
  return (
    <TillProvider session={props.session}>
      <CashierWindow words={props.words} />
    </TillProvider>
  );
}

function CashierWindow({ words }: { words?: Readonly<Record<WordKey, string>> | undefined }) {
  const { phase, snapshot, fault } = useSessionState();
  const number = snapshot?.till.number;
  useEffect(() => {
    if (number !== undefined) document.title = `Suanpan ${number}`;
  }, [number]);
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
        <SnapshotProvider snapshot={snapshot}>
          <CashierPage />
        </SnapshotProvider>
      </TradeProvider>
    </WordsProvider>
  );
}
