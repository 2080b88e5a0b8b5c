import { useFormats, useWords } from "../shared/words/intl.tsx";
import { Bill } from "./bill.tsx";
import styles from "./cashier-page.module.css";
import { CashPad } from "./cash-pad.tsx";
import { Goods } from "./goods.tsx";
import { HelpSheet } from "./help-sheet.tsx";
import { Notices } from "./notices.tsx";
import { Paid } from "./paid.tsx";
import { QuantityPad } from "./quantity-pad.tsx";
import { RestartingSheet } from "./restarting-sheet.tsx";
import { SettingsSheet } from "./settings-sheet.tsx";
import { StatusLine } from "./status-line.tsx";
import { useSessionState, useSnapshot } from "./till.tsx";
import { Unknown } from "./unknown.tsx";
import { usePageSounds } from "./use-page-sounds.ts";
import { usePageView } from "./use-page-view.ts";
import { useScans } from "./use-scans.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import { useView } from "./view.ts";
import { VoidSheet } from "./void-sheet.tsx";
import { WeightPad } from "./weight-pad.tsx";

/** The cashier's page: status above, work at the start, the bill at the end, always in the same places. */
export function CashierPage() {
  usePageView();
  usePageSounds();
  useScans();
  useShortcuts();
  const words = useWords();
  return (
    <div className={styles.window}>
      <div className={styles.page}>
        <header className={styles.status}>
          <StatusLine />
        </header>
        <main className={styles.work} aria-label={words("page.work")}>
          <Work />
        </main>
        <Bill />
        <Spoken />
      </div>
    </div>
  );
}

/** What fills the left side, and below it what the cashier has to hear; over the goods it lies on their last tiles. */
function Work() {
  const { phase } = useSessionState();
  const { payment, outcome } = useSnapshot();
  const panel = useView((view) => view.panel);
  const isUnknown = payment?.state === "unknown";
  if (phase === "ready" && !isUnknown && outcome === undefined && panel === null) return <Panel />;
  const isPad = panel?.kind === "weight" || panel?.kind === "cash" || panel?.kind === "quantity";
  let form: "full" | "compact" | "line" = "full";
  if (isUnknown) form = "line";
  else if (outcome === undefined && isPad) form = "compact";
  return (
    <>
      <Panel />
      <Notices className={styles.notice} form={form} />
    </>
  );
}

/** Outcomes come before anything the cashier has opened; a lost line comes before all. */
function Panel() {
  const words = useWords();
  const { phase } = useSessionState();
  const { payment, outcome } = useSnapshot();
  const panel = useView((view) => view.panel);
  if (phase !== "ready") return <RestartingSheet />;
  if (payment?.state === "unknown") return <Unknown payment={payment} />;
  if (outcome !== undefined) return <Paid outcome={outcome} />;
  switch (panel?.kind) {
    case "weight":
      return <WeightPad tile={panel.tile} />;
    case "cash":
      return <CashPad />;
    case "quantity":
      return <QuantityPad panel={panel} />;
    case "void":
      return <VoidSheet />;
    case "settings":
      return <SettingsSheet />;
    case "help":
      return <HelpSheet />;
    default:
      return (
        <>
          <h1 className={styles.hidden}>{words("page.selling")}</h1>
          <Goods />
        </>
      );
  }
}

/** What a screen reader says about the newest line. */
function Spoken() {
  const words = useWords();
  const formats = useFormats();
  const { basket } = useSnapshot();
  const newest = basket.lines.find((line) => line.lineId === basket.newestLineId);
  return (
    <p className={styles.hidden} aria-live="polite">
      {newest !== undefined &&
        words("bill.spoken", {
          name: formats.name(newest.name),
          price: formats.money(newest.totalMinor),
          total: formats.money(basket.totalMinor),
        })}
    </p>
  );
}
