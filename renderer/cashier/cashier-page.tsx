import { useFormats, useWords } from "../shared/words/intl.tsx";
import { Bill } from "./bill.tsx";
import styles from "./cashier-page.module.css";
import { CashPad } from "./cash-pad.tsx";
import { Goods } from "./goods.tsx";
import { CountPad } from "./count-pad.tsx";
import { DiscountPad } from "./discount-pad.tsx";
import { numberPads } from "./entries/use-entry.ts";
import { isInDoubt } from "./is-in-doubt.ts";
import { LineSheet } from "./line-sheet.tsx";
import { MoreSheet } from "./more-sheet.tsx";
import { NoteSheet } from "./note-sheet.tsx";
import { ParkedSheet } from "./parked-sheet.tsx";
import { OpenPricePad, PricePad } from "./price-pad.tsx";
import { ReceiptSheet } from "./receipt-sheet.tsx";
import { ReceiptsSheet } from "./receipts-sheet.tsx";
import { useRefundQuotes } from "./refund-choice.ts";
import { RefundAmountPad, RefundSheet } from "./refund-sheet.tsx";
import { ShiftClosedSheet, ShiftSheet } from "./shift-sheet.tsx";
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
import { useTyping } from "./use-typing.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import { useView, type View } from "./view.ts";
import { VoidSheet } from "./void-sheet.tsx";
import { WeightPad } from "./weight-pad.tsx";

/** The cashier's page: status above, work at the start, the bill at the end, always in the same places. */
export function CashierPage() {
  usePageView();
  usePageSounds();
  useScans();
  useTyping();
  useShortcuts();
  useRefundQuotes();
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
  const isUnknown = isInDoubt(payment);
  if (phase === "ready" && !isUnknown && outcome === undefined && panel === null) return <Panel />;
  const isPad = panel !== null && numberPads.has(panel.kind);
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
  if (isInDoubt(payment)) return <Unknown payment={payment} />;
  if (outcome !== undefined) return <Paid outcome={outcome} />;
  return panel === null ? (
    <>
      <h1 className={styles.hidden}>{words("page.selling")}</h1>
      <Goods />
    </>
  ) : (
    <OpenPanel panel={panel} />
  );
}

/** What the cashier has opened. A panel of a line that has just gone is empty until it closes. */
function OpenPanel({ panel }: { panel: NonNullable<View["panel"]> }) {
  const { basket } = useSnapshot();
  switch (panel.kind) {
    case "weight":
      return <WeightPad tile={panel.tile} />;
    case "open-price":
      return <OpenPricePad tile={panel.tile} />;
    case "cash":
      return <CashPad isPart={panel.isPart} />;
    case "quantity":
      return <QuantityPad panel={panel} />;
    case "line": {
      const line = basket.lines.find((each) => each.lineId === panel.lineId);
      return line === undefined ? null : <LineSheet line={line} />;
    }
    case "price":
      return <PricePad panel={panel} />;
    case "discount":
      return <DiscountPad panel={panel} />;
    case "note":
      return <NoteSheet />;
    case "parked":
      return <ParkedSheet />;
    case "receipts":
      return <ReceiptsSheet isReturn={panel.isReturn} />;
    case "receipt":
      return <ReceiptSheet opened={panel.opened} isReturn={panel.isReturn} />;
    case "refund":
      return <RefundSheet panel={panel} />;
    case "refund-amount":
      return <RefundAmountPad panel={panel} />;
    case "more":
      return <MoreSheet />;
    case "void":
      return <VoidSheet />;
    case "shift":
      return <ShiftSheet />;
    case "count":
      return <CountPad />;
    case "shift-closed":
      return <ShiftClosedSheet closed={panel.closed} countedMinor={panel.countedMinor} />;
    case "settings":
      return <SettingsSheet />;
    case "help":
      return <HelpSheet />;
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
