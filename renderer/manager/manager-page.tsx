import { wordsOfFault } from "../../main/contract/words/index.ts";
import { BusyRod } from "../shared/components/rod.tsx";
import { useLocale, useWords } from "../shared/words/intl.tsx";
import { CataloguePage } from "./catalogue/catalogue-page.tsx";
import { ChatPage } from "./chat/chat-page.tsx";
import { DevicesPage } from "./device-list/devices-page.tsx";
import { LedgerPage } from "./ledger/ledger-page.tsx";
import styles from "./manager-page.module.css";
import { Navigation } from "./navigation.tsx";
import { ReportsPage } from "./reports/reports-page.tsx";
import { SyncPage } from "./sync-log/sync-page.tsx";
import { TillPage } from "./till/till-page.tsx";
import { useSessionState } from "./till.tsx";
import { TodayPage } from "./today/today-page.tsx";
import { useView, type Section } from "./view.ts";

const pages: Readonly<Record<Section, () => React.ReactNode>> = {
  today: TodayPage,
  sync: SyncPage,
  reports: ReportsPage,
  ledger: LedgerPage,
  devices: DevicesPage,
  catalogue: CataloguePage,
  chat: ChatPage,
  till: TillPage,
};

/** The manager's page of one till: the way around at the start side, one part of it on the panel. */
export function ManagerPage() {
  const section = useView((view) => view.section);
  const Page = pages[section];
  return (
    <div className={styles.window}>
      <Navigation />
      <main className={styles.panel}>
        <Restarting />
        <Page key={section} />
      </main>
    </div>
  );
}

/** The line to the till is down and the page tries again by itself: what stands below is what the till told last. */
function Restarting() {
  const words = useWords();
  const locale = useLocale();
  const hasLeft = useView((view) => view.hasLeft);
  if (useSessionState().phase !== "restarting") return null;
  if (hasLeft) {
    const { happened, todo } = wordsOfFault({ code: "till.signed-out", params: {} }, locale);
    return (
      <div className={styles.restarting} role="status">
        <p>{words("manager.join", { first: happened, second: todo })}</p>
      </div>
    );
  }
  return (
    <div className={styles.restarting} role="status">
      <BusyRod />
      <p>{words("manager.restarting")}</p>
    </div>
  );
}
