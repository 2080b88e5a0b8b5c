import { Printer, RotateCw } from "lucide-react";
import { Key } from "../../shared/components/key.tsx";
import { useFormats, useWords } from "../../shared/words/intl.tsx";
import { NotKnownYet } from "../parts/outcome.tsx";
import { SectionHead } from "../parts/section-head.tsx";
import { useTimes } from "../parts/use-times.ts";
import { useRefresh, useTillData } from "../till.tsx";
import { useView } from "../view.ts";
import { CloseShift } from "./close-shift.tsx";
import styles from "./reports-page.module.css";
import { XStrip } from "./x-strip.tsx";
import { ZPage } from "./z-page.tsx";

/** The open shift, or the Z reports of those that were closed. */
export function ReportsPage() {
  const zReport = useView((view) => view.zReport);
  return zReport === null ? <OpenShift /> : <ZPage />;
}

/** What the open shift has come to, as a strip of paper, and the closing of the shift beside it. */
function OpenShift() {
  const words = useWords();
  const { money } = useFormats();
  const times = useTimes();
  const refresh = useRefresh();
  const report = useTillData("report.x", {});
  if (report.data === null) {
    return (
      <>
        <SectionHead title={words("manager.nav-reports")} />
        <NotKnownYet fault={report.fault} />
      </>
    );
  }
  const { sales, netMinor, openedAt, at } = report.data;
  const title = sales === 0 ? words("manager.x-none") : words("manager.x-title", { amount: money(netMinor), sales });
  return (
    <div className={styles.page}>
      <div className={styles.screen}>
        <SectionHead
          title={title}
          second={words("manager.x-second", { opened: times.when(openedAt), at: times.whenToSecond(at) })}
        >
          <Key icon={RotateCw} label={words("manager.x-refresh")} onPress={refresh} />
          <Key icon={Printer} label={words("manager.x-print")} onPress={() => print()} />
        </SectionHead>
      </div>
      <div className={styles.halves}>
        <XStrip report={report.data} />
        <CloseShift report={report.data} />
      </div>
    </div>
  );
}
