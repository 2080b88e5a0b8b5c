import type { CounterContract, StationId } from "../../main/contract/counter.ts";
import type { Locale } from "../../main/contract/snapshot.ts";
import { Opening } from "../shared/components/opening.tsx";
import { useOwnPlace } from "../shared/own-place.ts";
import type { Session } from "../shared/session.ts";
import type { WordKey } from "../shared/words/en.ts";
import { TradeProvider, WordsProvider } from "../shared/words/intl.tsx";
import { CounterPage } from "./counter-page.tsx";
import { CounterProvider, CounterSnapshotProvider, useCounterState } from "./counter.tsx";

/** The demo's counter in its own language: the till next to it may speak another. */
export function CounterApp(props: {
  session: Session<CounterContract>;
  locale?: Locale;
  /** The station that is shown first; the till where nothing is said. */
  station?: StationId | undefined;
  words?: Readonly<Record<WordKey, string>> | undefined;
}) {
  const { locale, setLocale } = useOwnPlace("suanpan.counter.locale", { locale: props.locale });
  return (
    <WordsProvider locale={locale} words={props.words}>
      <CounterProvider session={props.session}>
        <CounterWindow station={props.station} onLocale={() => setLocale(locale === "en" ? "zh-CN" : "en")} />
      </CounterProvider>
    </WordsProvider>
  );
}

function CounterWindow({ onLocale, station }: { onLocale(): void; station: StationId | undefined }) {
  const { phase, snapshot, fault } = useCounterState();
  if (snapshot === null || phase === "refused") return <Opening fault={fault} />;
  return (
    <TradeProvider trade={{ currency: snapshot.currency, zone: "UTC" }}>
      <CounterSnapshotProvider snapshot={snapshot}>
        <CounterPage onLocale={onLocale} isAway={phase !== "ready"} station={station} />
      </CounterSnapshotProvider>
    </TradeProvider>
  );
}
