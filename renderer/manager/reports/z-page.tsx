import { ArrowLeft } from "lucide-react";
import type { ZReportRow } from "../../../main/contract/z-report.ts";
import { classNames } from "../../shared/class-names.ts";
import { Key } from "../../shared/components/key.tsx";
import { useWords } from "../../shared/words/intl.tsx";
import { NotKnownYet } from "../parts/outcome.tsx";
import { SectionHead } from "../parts/section-head.tsx";
import { useMedia } from "../parts/use-media.ts";
import { useTillData } from "../till.tsx";
import { setView, useView } from "../view.ts";
import { ZReportView } from "./z-report-view.tsx";
import { ZRows } from "./z-rows.tsx";
import styles from "./z-page.module.css";

/** A report is made once in a shift: the list need not be asked for with every sale. */
const listEveryMs = 10_000;

/** Where a report has a place beside the list. */
const wideQuery = "(min-width: 901px)";

/** The Z reports of this till, the newest first, and the one that is open beside them. */
export function ZPage() {
  const words = useWords();
  const before = useView((view) => view.zBefore.at(-1));
  const opened = useView((view) => view.zReport);
  const isWide = useMedia(wideQuery);
  const list = useTillData("report.z-list", before === undefined ? {} : { before }, listEveryMs);
  if (list.data === null) {
    return (
      <>
        <SectionHead title={words("manager.z-list")}>
          <BackToShift />
        </SectionHead>
        <NotKnownYet fault={list.fault} />
      </>
    );
  }
  const { reports, more } = list.data;
  const newest = isWide ? reports[0]?.number : undefined;
  const number = opened === "list" || opened === null ? newest : opened;
  return (
    <div className={classNames(styles.page, number !== undefined && styles.isOpen)}>
      <h1 className={styles.hidden}>{words("manager.nav-reports")}</h1>
      <div className={styles.side}>
        <SectionHead level={2} title={words("manager.z-list")} second={words("manager.z-list-second")}>
          <BackToShift />
        </SectionHead>
        <List reports={reports} more={more} openNumber={number} />
      </div>
      {number === undefined ? (
        <p className={styles.choose}>{words(reports.length === 0 ? "manager.z-none" : "manager.z-choose")}</p>
      ) : (
        <ZReportView key={number} number={number} />
      )}
    </div>
  );
}

function BackToShift() {
  const words = useWords();
  return (
    <Key
      icon={ArrowLeft}
      label={words("manager.z-back")}
      second={words("manager.z-back-second")}
      onPress={() => setView({ zReport: null, zBefore: [], isJustClosed: false })}
    />
  );
}

function List(props: { reports: readonly ZReportRow[]; more: boolean; openNumber: number | undefined }) {
  const { reports, more, openNumber } = props;
  const words = useWords();
  const before = useView((view) => view.zBefore);
  const last = reports.at(-1);
  return (
    <nav className={styles.scroll} aria-label={words("manager.z-list")}>
      <ZRows rows={reports} openNumber={openNumber} />
      {(before.length > 0 || more) && (
        <div className={styles.paging}>
          {before.length > 0 && (
            <Key
              className={styles.pageKey}
              label={words("manager.page-before")}
              onPress={() => setView({ zBefore: before.slice(0, -1) })}
            />
          )}
          {more && last !== undefined && (
            <Key
              className={styles.pageKey}
              label={words("manager.page-after")}
              onPress={() => setView({ zBefore: [...before, last.seq] })}
            />
          )}
        </div>
      )}
    </nav>
  );
}
