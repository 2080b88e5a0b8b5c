import {
  CreditCard,
  Languages,
  LayoutGrid,
  LogOut,
  MessageCircle,
  MonitorSmartphone,
  Scale,
  TriangleAlert,
  X,
} from "lucide-react";
import { SymbolKey } from "../shared/components/key.tsx";
import { BusyRod } from "../shared/components/rod.tsx";
import { NavigationKey, SideNavigation } from "../shared/components/side-navigation.tsx";
import { useLocale, useWords } from "../shared/words/intl.tsx";
import { BillsPage } from "./bills-page.tsx";
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
  bills: BillsPage,
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
  const { needs, bills, threads } = useDeskState();
  const { leave } = useDesk();
  const unread = threads?.reduce((sum, thread) => sum + thread.unread, 0) ?? 0;
  const waiting = needs?.count ?? 0;
  const differing = bills?.count ?? 0;
  const parts = [
    { name: "overview", icon: LayoutGrid, label: words("console.overview") },
    { name: "tills", icon: MonitorSmartphone, label: words("console.tills") },
    { name: "payments", icon: CreditCard, label: words("console.payments") },
    {
      name: "bills",
      icon: Scale,
      label: words("console.bills"),
      badge: differing > 0 ? { text: String(differing), className: styles.waiting } : undefined,
    },
    {
      name: "needs",
      icon: TriangleAlert,
      label: words("console.needs"),
      badge: waiting > 0 ? { text: String(waiting), className: styles.waiting } : undefined,
    },
    {
      name: "chat",
      icon: MessageCircle,
      label: words("console.chat"),
      badge: unread > 0 ? { text: String(unread), className: styles.unread } : undefined,
    },
  ] as const;
  return (
    <SideNavigation
      label={words("console.sections")}
      parts={parts}
      open={section}
      onOpen={(name) => go({ section: name })}
      inSmallWindow="lines"
      className={styles.side}
    >
      <div className={styles.foot}>
        <p className={styles.who}>{words("console.title")}</p>
        <NavigationKey
          icon={Languages}
          label={words("console.language")}
          lang={locale === "en" ? "zh-CN" : "en"}
          onPress={() => setLocale(locale === "en" ? "zh-CN" : "en")}
        />
        <NavigationKey icon={LogOut} label={words("console.leave")} onPress={leave} />
      </div>
    </SideNavigation>
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
