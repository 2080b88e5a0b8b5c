import type { ZReportRow } from "../../../main/contract/z-report.ts";
import { classNames } from "../../shared/class-names.ts";
import { useFormats, useWords } from "../../shared/words/intl.tsx";
import { useTimes } from "../parts/use-times.ts";
import { setView } from "../view.ts";
import { differenceWords } from "./difference.ts";
import styles from "./z-rows.module.css";

/** Z reports under each other, each a key that opens it: its number and when, what was sold and what the drawer said. */
export function ZRows({ rows, openNumber }: { rows: readonly ZReportRow[]; openNumber?: number | undefined }) {
  return (
    <ul className={styles.rows}>
      {rows.map((row) => (
        <li key={row.seq}>
          <button
            type="button"
            className={styles.row}
            aria-current={row.number === openNumber ? "true" : undefined}
            onClick={() => setView({ zReport: row.number, isJustClosed: false })}
          >
            <Face row={row} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Face({ row: { number, closedAt, figures } }: { row: ZReportRow }) {
  const words = useWords();
  const { money } = useFormats();
  const times = useTimes();
  return (
    <>
      <span className={styles.name}>{words("manager.z-row", { number })}</span>
      <time className={styles.at} dateTime={closedAt}>
        {times.when(closedAt)}
      </time>
      {figures === undefined ? (
        <span className={styles.whole}>{words("manager.z-row-unread")}</span>
      ) : (
        <>
          <span>{money(figures.netMinor)}</span>
          <span className={classNames(styles.difference, figures.differenceMinor !== 0 && styles.odd)}>
            {differenceWords(words, money, figures.differenceMinor)}
          </span>
        </>
      )}
    </>
  );
}
