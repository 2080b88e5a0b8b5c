import { useEffect, type ReactNode } from "react";
import type { Locale } from "../../main/contract/snapshot.ts";
import { Opening } from "./components/opening.tsx";
import { TillSnapshotProvider, useTillSessionState } from "./till-session.tsx";
import type { WordKey } from "./words/en.ts";
import { TradeProvider, WordsProvider } from "./words/intl.tsx";

/** Words that stand in for those of the language; for the gallery. */
export type OtherWords = Readonly<Record<WordKey, string>> | undefined;

/**
 * A window of a till, below its line: what stands there until the till has told what to show or when it refuses the
 * window, and then the page with the till's words, money and snapshot.
 */
export function TillWindow(props: {
  words: OtherWords;
  /** The language before the till has told one; without it the last one that the till told, or the browser's. */
  openingLocale?: Locale;
  opening?: ReactNode;
  children: ReactNode;
}) {
  const { words } = props;
  const { phase, snapshot, fault } = useTillSessionState();
  if (snapshot === null || phase === "refused") {
    const ownLocale = navigator.language.startsWith("zh") ? "zh-CN" : "en";
    return (
      <WordsProvider locale={props.openingLocale ?? snapshot?.locale ?? ownLocale} words={words}>
        {props.opening ?? <Opening fault={fault} />}
      </WordsProvider>
    );
  }
  return (
    <WordsProvider locale={snapshot.locale} words={words}>
      <TradeProvider trade={snapshot.till}>
        <TillSnapshotProvider snapshot={snapshot}>{props.children}</TillSnapshotProvider>
      </TradeProvider>
    </WordsProvider>
  );
}

/** Names the window after its till, as soon as the till has told its number. */
export function useTillTitle(): void {
  const number = useTillSessionState().snapshot?.till.number;
  useEffect(() => {
    if (number !== undefined) document.title = `Suanpan ${number}`;
  }, [number]);
}
