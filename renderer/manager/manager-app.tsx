import { useEffect } from "react";
import type { TillContract } from "../../main/contract/methods.ts";
import { Opening } from "../shared/components/opening.tsx";
import type { Session } from "../shared/session.ts";
import type { WordKey } from "../shared/words/en.ts";
import { TradeProvider, useWords, WordsProvider } from "../shared/words/intl.tsx";
import { ManagerPage } from "./manager-page.tsx";
import { SnapshotProvider, TillProvider, useSessionState, useSnapshot } from "./till.tsx";

type OtherWords = Readonly<Record<WordKey, string>> | undefined;

/** The manager's window: its words, its line to the till, and the page as soon as the till has told what to show. */
export function ManagerApp(props: { session: Session<TillContract>; words?: OtherWords }) {
  return (
    <TillProvider session={props.session}>
      <ManagerWindow words={props.words} />
    </TillProvider>
  );
}

function ManagerWindow({ words }: { words: OtherWords }) {
  const { phase, snapshot, fault } = useSessionState();
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
          <PageTitle />
          <ManagerPage />
        </SnapshotProvider>
      </TradeProvider>
    </WordsProvider>
  );
}

function PageTitle() {
  const words = useWords();
  const { till } = useSnapshot();
  useEffect(() => {
    document.title = words("manager.page-title", { number: till.number });
  }, [words, till.number]);
  return null;
}
