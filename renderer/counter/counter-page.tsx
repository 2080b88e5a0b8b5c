import { ExternalLink, Languages } from "lucide-react";
import { wordsOfFault } from "../../main/contract/words/index.ts";
import { Key } from "../shared/components/key.tsx";
import { Mark } from "../shared/components/mark.tsx";
import { Notice } from "../shared/components/notice.tsx";
import { useLocale, useWords } from "../shared/words/intl.tsx";
import { useCounterFault, useCounterSnapshot } from "./counter.tsx";
import styles from "./counter-page.module.css";
import { Drawer, Network } from "./drawer-and-network.tsx";
import { Phone } from "./phone.tsx";
import { PrinterPanel } from "./printer-panel.tsx";
import { Scanner } from "./scanner.tsx";
import { Shelf } from "./shelf.tsx";

/** The counter of the demo shop on one page: goods and scanner, the shopper's phone, printer, drawer and cable. */
export function CounterPage({ onLocale, isAway }: { onLocale(): void; isAway: boolean }) {
  const words = useWords();
  const locale = useLocale();
  const { tillUrl } = useCounterSnapshot();
  const { fault, dismiss } = useCounterFault();
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <Mark />
        <h1 className={styles.title}>{words("counter.title")}</h1>
        <p className={styles.about}>{words(isAway ? "counter.away" : "counter.about")}</p>
        <Key className={styles.headKey} icon={Languages} label={words("function.language")} onPress={onLocale} />
        {tillUrl !== "" && (
          <a className={styles.link} href={tillUrl} target="_blank" rel="noreferrer">
            <ExternalLink size={22} aria-hidden />
            {words("counter.till")}
          </a>
        )}
      </header>
      <div className={styles.column}>
        <Shelf />
        <Scanner />
      </div>
      <div className={styles.column}>
        <Phone />
        <Network />
      </div>
      <div className={styles.column}>
        <PrinterPanel />
        <Drawer />
      </div>
      {fault !== null && (
        <Notice className={styles.notice} tone="error" {...wordsOfFault(fault, locale)} onDismiss={dismiss} />
      )}
    </main>
  );
}
