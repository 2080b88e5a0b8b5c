import { HardDrive, Printer, ScanBarcode, TriangleAlert } from "lucide-react";
import type { DeviceView, Outcome } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { useNow } from "../shared/clock.tsx";
import { Mark } from "../shared/components/mark.tsx";
import { SyncRod } from "../shared/components/rod.tsx";
import type { WordKey } from "../shared/words/en.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./status-line.module.css";
import { useSnapshot } from "./till.tsx";

/** Which till, who, when; what the printer and the network are doing. A number and a fact, never a light. */
export function StatusLine() {
  const words = useWords();
  const formats = useFormats();
  const { till, devices, outcome } = useSnapshot();
  const now = useNow(1000);
  const printer = devices.find((device) => device.kind === "printer");
  const scanner = devices.find((device) => device.kind === "scanner");
  return (
    <div className={styles.line}>
      <Mark />
      <span className={styles.till}>{words("status.till", { number: till.number })}</span>
      {till.cashier !== undefined && <span className={styles.cashier}>{formats.name(till.cashier)}</span>}
      <time>{formats.time(now)}</time>
      <div className={styles.end}>
        <LedgerState />
        {scanner !== undefined && scanner.state !== "ready" && (
          <span className={classNames(styles.item, styles.attention)}>
            <ScanBarcode size={20} aria-hidden />
            {words(scanner.state === "opening" ? "status.scanner-starting" : "status.scanner-away")}
          </span>
        )}
        {printer !== undefined && <PrinterState printer={printer} outcome={outcome} />}
        <SyncState />
      </div>
    </div>
  );
}

/** What of the ledger needs somebody: the disk that it lies on, and what happened that no manager has looked at. */
function LedgerState() {
  const words = useWords();
  const { staff } = useSnapshot();
  const isFull = staff?.disk?.state === "full";
  return (
    <>
      {/* That the disk is full is among what happened; said once, it says what to do. */}
      {staff?.unseenIncidents !== undefined && !isFull && (
        <span className={classNames(styles.item, styles.attention)}>
          <TriangleAlert size={20} aria-hidden />
          {words("status.incidents")}
        </span>
      )}
      {staff?.disk !== undefined && (
        <span className={classNames(styles.item, isFull && styles.error)} role={isFull ? "status" : undefined}>
          <HardDrive size={20} aria-hidden />
          {words(isFull ? "status.disk-full" : "status.disk-low")}
        </span>
      )}
    </>
  );
}

function printerWords(printer: DeviceView, outcome: Outcome | undefined): { key: WordKey; needsPerson: boolean } {
  switch (printer.fault?.code) {
    case "printer.out-of-paper":
      return { key: "status.printer-paper", needsPerson: true };
    case "printer.near-end":
      return { key: "status.printer-near-end", needsPerson: false };
    case "printer.cover-open":
      return { key: "status.printer-cover", needsPerson: true };
    case "printer.cutter-jammed":
      return { key: "status.printer-cutter", needsPerson: true };
    default:
  }
  if (printer.state === "absent") return { key: "status.printer-away", needsPerson: true };
  if (printer.state === "degraded") return { key: "status.printer-not-ready", needsPerson: true };
  if (printer.state !== "ready") return { key: "status.printer-starting", needsPerson: false };
  return { key: outcome?.print === "printing" ? "status.printing" : "status.printer-ready", needsPerson: false };
}

function PrinterState({ printer, outcome }: { printer: DeviceView; outcome: Outcome | undefined }) {
  const words = useWords();
  const { key, needsPerson } = printerWords(printer, outcome);
  return (
    <span className={classNames(styles.item, needsPerson && styles.attention)}>
      <Printer size={20} aria-hidden />
      {words(key)}
    </span>
  );
}

function SyncState() {
  const words = useWords();
  const formats = useFormats();
  const { sync } = useSnapshot();
  const count = sync.salesWaiting;
  let text = words("status.waiting", { count });
  if (sync.state === "paused") text = words("status.paused", { count });
  else if (sync.state === "offline" && sync.offlineSince !== undefined) {
    text = words("status.offline", { time: formats.time(sync.offlineSince), count });
  } else if (sync.state === "offline") text = words("status.offline-unknown", { count });
  return (
    <span
      className={classNames(
        styles.item,
        sync.state === "offline" && styles.strong,
        sync.state === "paused" && styles.attention,
      )}
    >
      <SyncRod salesWaiting={count} />
      {text}
    </span>
  );
}
