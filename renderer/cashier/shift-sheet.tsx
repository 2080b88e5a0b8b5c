import { Calculator } from "lucide-react";
import { useEffect, useState } from "react";
import type { XReport } from "../../main/contract/manager.ts";
import { Key } from "../shared/components/key.tsx";
import { BusyRod } from "../shared/components/rod.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { Sheet } from "./sheet.tsx";
import sheetStyles from "./sheets.module.css";
import styles from "./shift-sheet.module.css";
import { useAct } from "./till.tsx";
import { openPanel, type ClosedShift } from "./view.ts";

/** What the open shift has come to. Reading it changes nothing; the count of the drawer comes next. */
export function ShiftSheet() {
  const words = useWords();
  const report = useReport();
  return (
    <Sheet title={words("shift.title")}>
      {report === null ? (
        <p className={sheetStyles.hint} role="status">
          <BusyRod /> {words("shift.reading")}
        </p>
      ) : (
        <Figures report={report} />
      )}
      <div className={sheetStyles.keys}>
        <Key
          className={sheetStyles.key}
          icon={Calculator}
          label={words("shift.count")}
          second={words("shift.count-second")}
          onPress={() => openPanel({ kind: "count", shift: report?.shift ?? null })}
        />
      </div>
    </Sheet>
  );
}

/** The X report as it stands when the sheet opens. */
function useReport(): XReport | null {
  const act = useAct();
  const [report, setReport] = useState<XReport | null>(null);
  useEffect(() => {
    let isWanted = true;
    void act("report.x", {}).then((answer) => {
      if (isWanted && answer !== null) setReport(answer);
    });
    return () => {
      isWanted = false;
    };
  }, [act]);
  return report;
}

function Figures({ report }: { report: XReport }) {
  const words = useWords();
  const formats = useFormats();
  const { column } = formats;
  const sumOf = (kind: "cash" | "wallet") =>
    report.tenders.filter((tender) => tender.kind === kind).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const { drawer, unread } = report;
  return (
    <>
      {unread !== undefined && <p className={sheetStyles.hint}>{words("report.unread", { count: unread })}</p>}
      <p className={sheetStyles.hint}>{words("shift.since", { time: formats.time(report.openedAt) })}</p>
      <dl className={styles.figures}>
        <Row label={words("shift.sales", { count: report.sales })} amount={column(report.salesMinor)} />
        <Row label={words("shift.refunds", { count: report.refunds })} amount={column(-report.refundsMinor)} />
        <Row label={words("shift.net")} amount={column(report.netMinor)} isSum />
        <Row label={words("shift.cash")} amount={column(sumOf("cash"))} />
        <Row label={words("shift.wallet")} amount={column(sumOf("wallet"))} />
        <Row label={words("shift.discounts")} amount={column(report.discountsMinor)} />
      </dl>
      <h2 className={sheetStyles.heading}>{words("shift.drawer")}</h2>
      <dl className={styles.figures}>
        <Row label={words("shift.float")} amount={column(drawer.floatMinor)} />
        <Row label={words("shift.in")} amount={column(drawer.inMinor)} />
        <Row label={words("shift.out")} amount={column(-drawer.outMinor)} />
        <Row label={words("shift.expected")} amount={column(drawer.expectedMinor)} isSum />
      </dl>
    </>
  );
}

function Row({ label, amount, isSum = false }: { label: string; amount: string; isSum?: boolean }) {
  return (
    <div className={isSum ? styles.sum : styles.figure}>
      <dt>{label}</dt>
      <dd>{amount}</dd>
    </div>
  );
}

/** The shift is closed and the next one open: what was counted, what should have been there, and the difference. */
export function ShiftClosedSheet({ closed, countedMinor }: { closed: ClosedShift; countedMinor: number }) {
  const words = useWords();
  const formats = useFormats();
  const { differenceMinor, expectedCashMinor, sales, salesMinor } = closed;
  let difference = words("shift.even");
  if (differenceMinor > 0) difference = words("shift.over");
  if (differenceMinor < 0) difference = words("shift.short");
  return (
    <Sheet title={words("shift.closed")}>
      <div className={styles.difference} role="status">
        <span>{difference}</span>
        <strong className={styles.amount}>{formats.money(Math.abs(differenceMinor))}</strong>
      </div>
      <dl className={styles.figures}>
        <Row label={words("shift.expected")} amount={formats.column(expectedCashMinor)} />
        <Row label={words("shift.counted")} amount={formats.column(countedMinor)} />
        <Row label={words("shift.sales", { count: sales })} amount={formats.column(salesMinor)} />
      </dl>
      <div className={sheetStyles.text}>
        <p>{words("shift.next")}</p>
      </div>
    </Sheet>
  );
}
