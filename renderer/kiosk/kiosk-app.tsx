import { useEffect } from "react";
import type { TillContract } from "../../main/contract/methods.ts";
import type { Session } from "../shared/session.ts";
import { TillSessionProvider, TillSnapshotProvider, useTillSessionState } from "../shared/till-session.tsx";
import type { WordKey } from "../shared/words/en.ts";
import { TradeProvider, WordsProvider } from "../shared/words/intl.tsx";
import { Away } from "./away.tsx";
import { KioskPage } from "./kiosk-page.tsx";
import { homeLocale } from "./use-leave.ts";

type Replaced = { words?: Readonly<Record<WordKey, string>> | undefined };

/** The kiosk's window: its words, its line to the till, and the page as soon as the till has told what to show. */
export function KioskApp(props: { session: Session<TillContract> } & Replaced) {
  return (
    <TillSessionProvider session={props.session}>
      <KioskWindow words={props.words} />
    </TillSessionProvider>
  );
}

function KioskWindow({ words }: Replaced) {
  const { phase, snapshot } = useTillSessionState();
  const number = snapshot?.till.number;
  useEffect(() => {
    if (number !== undefined) document.title = `Suanpan ${number}`;
  }, [number]);
  if (snapshot === null || phase === "refused") {
    return (
      <WordsProvider locale={homeLocale()} words={words}>
        <Away isRefused={phase === "refused"} />
      </WordsProvider>
    );
  }
  return (
    <WordsProvider locale={snapshot.locale} words={words}>
      <TradeProvider trade={snapshot.till}>
        <TillSnapshotProvider snapshot={snapshot}>
          <KioskPage />
        </TillSnapshotProvider>
      </TradeProvider>
    </WordsProvider>
  );
}
