import {
  CreditCard,
  Languages,
  LayoutGrid,
  LogOut,
  MessageCircle,
  MonitorSmartphone,
  TriangleAlert,
  X,
} from "lucide-react";
import { SymbolKey } from "../shared/components/key.tsx";
import { Mark } from "../shared/components/mark.tsx";
import { BusyRod } from "../shared/components/rod.tsx";
import { useLocale, useWords } from "../shared/words/intl.tsx";
import { ChatPage } from "./chat-page.tsx";
import styles from "./console-page.module.css";
import { useConsoleView, useDesk, useDeskState, useGoTo, useSetConsoleLocale } from "./desk-context.tsx";
import type { Section } from "./desk-state.ts";
import { wordsOfConsoleFault } from "./fault-words.ts";
import { NeedsPage } from "./needs-page.tsx";
import { OverviewPage } from "./overview-page.tsx";
import { PaymentsPage } from "./payments-page.tsx";
import { TillsPage } from "./tills-page.tsx";
import { useConsoleFormats } from "./use-console-formats.ts";

const pages: Readonly<Record<Section, () => React.ReactNode>> = {
  overview: OverviewPage,
  tills: TillsPage,
  payments: PaymentsPage,
  needs: NeedsPage,
  chat: ChatPage,
};

/** The console: the way around at the start side, one part of it on the panel. */
export function ConsolePage() {
  const { section } = useConsoleView();
  const { overview } = useDeskState();
  const Page = pages[section];
  return (
    <div className={styles.window}>
      <Navigation />
      <main className={styles.panel}>
        <Away />
        <Fault />
        {overview === null ? <Reaching /> : <Page key={section} />}
      </main>
    </div>
  );
}

function Navigation() {
  const words = useWords();
  const locale = useLocale();
  const go = useGoTo();
  const setLocale = useSetConsoleLocale();
  const { section } = useConsoleView();
  const { needs, threads } = useDeskState();
  const { leave } = useDesk();
  const unread = threads?.reduce((sum, thread) => sum + thread.unread, 0) ?? 0;
  const items = [
    { section: "overview", icon: LayoutGrid, label: words("console.overview"), count: 0 },
    { section: "tills", icon: MonitorSmartphone, label: words("console.tills"), count: 0 },
    { section: "payments", icon: CreditCard, label: words("console.payments"), count: 0 },
    { section: "needs", icon: TriangleAlert, label: words("console.needs"), count: needs?.count ?? 0 },
    { section: "chat", icon: MessageCircle, label: words("console.chat"), count: unread },
  ] as const;
  return (
    <header className={styles.side}>
      <p className={styles.brand}>
        <Mark widthPx={34} />
        Suanpan
      </p>
      <nav aria-label={words("console.sections")}>
        <ul className={styles.list}>
          {items.map(({ section: each, icon: Icon, label, count }) => (
            <li key={each}>
              <button
                type="button"
                className={styles.item}
                aria-current={each === section ? "page" : undefined}
                onClick={() => go({ section: each })}
              >
                <Icon size={22} aria-hidden />
                <span className={styles.label}>{label}</span>
                {count > 0 && <span className={each === "needs" ? styles.beadNeeds : styles.bead}>{count}</span>}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.foot}>
        <p className={styles.who}>{words("console.title")}</p>
        <button
          type="button"
          className={styles.item}
          lang={locale === "en" ? "zh-CN" : "en"}
          onClick={() => setLocale(locale === "en" ? "zh-CN" : "en")}
        >
          <Languages size={22} aria-hidden />
          <span className={styles.label}>{words("console.language")}</span>
        </button>
        <button type="button" className={styles.item} onClick={leave}>
          <LogOut size={22} aria-hidden />
          <span className={styles.label}>{words("console.leave")}</span>
        </button>
      </div>
    </header>
  );
}

function Reaching() {
  const words = useWords();
  const { signal } = useDeskState();
  return (
    <div className={styles.reaching} role="status">
      {signal.kind === "away" ? null : <BusyRod />}
      <h1>{words(signal.kind === "away" ? "console.away-never" : "console.reaching")}</h1>
    </div>
  );
}

function Away() {
  const words = useWords();
  const formats = useConsoleFormats();
  const { signal, overview } = useDeskState();
  if (signal.kind !== "away" || overview === null) return null;
  return (
    <p className={styles.away} role="status">
      {words("console.away-since", { time: formats.timeToSecond(signal.since) })}
    </p>
  );
}

function Fault() {
  const words = useWords();
  const { fault } = useDeskState();
  const { dismissFault } = useDesk();
  if (fault === null) return null;
  return (
    <div className={styles.fault} role="alert">
      <p>{wordsOfConsoleFault(words, fault)}</p>
      <SymbolKey symbol={<X size={22} aria-hidden />} name={words("notice.close")} onPress={dismissFault} />
    </div>
  );
}
