import { Languages } from "lucide-react";
import { useState } from "react";
import type { StationId } from "../../main/contract/counter.ts";
import { wordsOfFault } from "../../main/contract/words/index.ts";
import { Key } from "../shared/components/key.tsx";
import { Mark } from "../shared/components/mark.tsx";
import { Notice } from "../shared/components/notice.tsx";
import { useLocale, useWords } from "../shared/words/intl.tsx";
import { StationProvider, useCounterFault, useCounterSnapshot } from "./counter.tsx";
import styles from "./counter-page.module.css";
import { Drawer } from "./drawer.tsx";
import { Network } from "./network.tsx";
import { Pages } from "./pages.tsx";
import { PrinterPanel } from "./printer-panel.tsx";
import { Scanner } from "./scanner.tsx";
import { Shelf } from "./shelf.tsx";
import { Shopper } from "./shopper.tsx";
import { Switch } from "./switch.tsx";

/** The counter of the demo shop on one page: what stands around the till or around the kiosk, and the shopper before it. */
export function CounterPage(props: { onLocale(): void; isAway: boolean; station?: StationId | undefined }) {
  const words = useWords();
  const locale = useLocale();
  const { stations } = useCounterSnapshot();
  const { fault, dismiss } = useCounterFault();
  const [chosen, setChosen] = useState<StationId>(props.station ?? "till");
  const station = stations.some(({ id }) => id === chosen) ? chosen : "till";
  return (
    <StationProvider station={station}>
      <main className={styles.page}>
        <header className={styles.head}>
          <Mark />
          <h1 className={styles.title}>{words("counter.title")}</h1>
          {stations.length > 1 && (
            <Switch
              className={styles.stations}
              label={words("counter.station")}
              value={station}
              choices={[
                { value: "till", label: words("counter.station-till") },
                { value: "kiosk", label: words("counter.station-kiosk") },
              ]}
              onChoose={setChosen}
            />
          )}
          <p className={styles.about}>{words(props.isAway ? "counter.away" : "counter.about")}</p>
          <Key
            className={styles.headKey}
            icon={Languages}
            label={words("function.language")}
            onPress={props.onLocale}
          />
        </header>
        <Pages />
        <div className={styles.column}>
          <Shelf />
          <Scanner />
        </div>
        <div className={styles.column}>
          <Shopper />
        </div>
        <div className={styles.column}>
          <PrinterPanel />
          <Drawer />
          <Network />
        </div>
        {fault !== null && (
          <Notice className={styles.notice} tone="error" {...wordsOfFault(fault, locale)} onDismiss={dismiss} />
        )}
      </main>
    </StationProvider>
  );
}
