import { useEffect, useRef } from "react";
import { applyTheme } from "../shared/appearance.ts";
import { classNames } from "../shared/class-names.ts";
import { useTillSessionState, useTillSnapshot } from "../shared/till-session.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { Away } from "./away.tsx";
import { Check } from "./check.tsx";
import { Footer } from "./footer.tsx";
import { GoodsPanel } from "./goods-panel.tsx";
import { Header } from "./header.tsx";
import styles from "./kiosk-page.module.css";
import { MoreTime } from "./more-time.tsx";
import { QuantityPanel, WeightPanel } from "./number-panel.tsx";
import { Pay } from "./pay.tsx";
import { Asking, Unknown } from "./payment.tsx";
import { PinPanel } from "./pin-panel.tsx";
import { Receipt } from "./receipt.tsx";
import { Scan } from "./scan.tsx";
import { AccessSheet, OtherWays, StartOver } from "./sheets.tsx";
import { stageOf, type Stage } from "./stage.ts";
import { Start } from "./start.tsx";
import { useKioskScans } from "./use-kiosk-scans.ts";
import { useKioskSounds } from "./use-kiosk-sounds.ts";
import { useKioskView } from "./use-kiosk-view.ts";
import { usePatience } from "./use-patience.ts";
import { useView, type Panel } from "./view.ts";

/** The kiosk: where the shopper is, the beam, what it adds up to, and the same three keys at the foot of every screen. */
export function KioskPage() {
  const snapshot = useTillSnapshot();
  const { phase } = useTillSessionState();
  const view = useView();
  const stage = stageOf(snapshot, view);
  useKioskView();
  useKioskSounds();
  useKioskScans();
  usePatience(stage);
  useContrast(view.access.isHighContrast);
  useFocusAtTitle(`${stage} ${view.panel?.kind ?? ""}`);
  return (
    <>
      <div
        className={classNames(styles.sizes, styles.kiosk)}
        {...(view.access.isLarge ? { "data-large": "" } : {})}
        inert={phase !== "ready"}
        {...(stage === "start" && view.panel === null ? { "data-open": "" } : {})}
        {...(view.access.isLow ? { "data-low": "" } : {})}
      >
        <div className={styles.header}>
          <Header stage={stage} />
        </div>
        <Middle stage={stage} panel={view.panel} />
        <div className={styles.footer}>
          <Footer stage={stage} />
        </div>
        <Spoken />
        {phase === "ready" && <MoreTime />}
      </div>
      {phase !== "ready" && <Away isOver />}
    </>
  );
}

/** High contrast is this shopper's alone; the theme of the window comes back with the next one. */
function useContrast(isHigh: boolean): void {
  useEffect(() => {
    if (!isHigh) return;
    document.documentElement.dataset["theme"] = "contrast";
    return applyTheme;
  }, [isHigh]);
}

/** Each screen begins at its title, so that nobody is left on a key that has gone. The first one leaves the focus alone. */
function useFocusAtTitle(screen: string): void {
  const last = useRef(screen);
  useEffect(() => {
    if (last.current === screen) return;
    last.current = screen;
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  }, [screen]);
}

/** What is open comes before the step; a payment and a receipt come before what is open. */
function Middle({ stage, panel }: { stage: Stage; panel: Panel | null }) {
  const { payment, outcome } = useTillSnapshot();
  if (panel?.kind === "access") return <AccessSheet />;
  if (payment !== undefined) {
    return payment.state === "unknown" ? <Unknown payment={payment} /> : <Asking payment={payment} />;
  }
  if (stage === "receipt" && outcome !== undefined) return <Receipt key={outcome.saleId} outcome={outcome} />;
  if (stage === "start") return <Start />;
  switch (panel?.kind) {
    case "goods":
      return <GoodsPanel category={panel.category} />;
    case "weight":
      return <WeightPanel key={panel.tile.itemId} tile={panel.tile} />;
    case "quantity":
      return <QuantityPanel lineId={panel.lineId} name={panel.name} />;
    case "pin":
      return <PinPanel />;
    case "start-over":
      return <StartOver />;
    case "other-ways":
      return <OtherWays />;
    default:
      if (stage === "check") return <Check />;
      return stage === "pay" ? <Pay /> : <Scan />;
  }
}

/** What a screen reader says about the newest item. */
function Spoken() {
  const words = useWords();
  const formats = useFormats();
  const { basket } = useTillSnapshot();
  const newest = basket.lines.find((line) => line.lineId === basket.newestLineId);
  return (
    <p className={styles.hidden} aria-live="polite">
      {newest !== undefined &&
        words("kiosk.spoken", {
          name: formats.name(newest.name),
          price: formats.money(newest.totalMinor),
          total: formats.money(basket.totalMinor),
        })}
    </p>
  );
}
