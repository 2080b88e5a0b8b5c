import { Banknote, Wallet } from "lucide-react";
import type { Outcome } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { usePaidRows, type PaidLine } from "./paid-rows.ts";
import styles from "./paid-totals.module.css";

/** The total and two rows have their usual size; with three rows the total is set smaller. */
const mostUsualRows = 2;

/** What was paid with what, in the place of the total. */
export function PaidTotals({ outcome }: { outcome: Outcome }) {
  const words = useWords();
  const formats = useFormats();
  const rows = usePaidRows(outcome);
  return (
    <div className={classNames(styles.rows, rows.length > mostUsualRows && styles.four)}>
      <div className={classNames(styles.row, styles.total)}>
        <h2>{words(outcome.kind === "refund" ? "refund.total" : "bill.total")}</h2>
        <span className={styles.amount}>{formats.money(outcome.totalMinor)}</span>
      </div>
      {rows.map((row) => (
        <PaidRow key={row.key} row={row} />
      ))}
    </div>
  );
}

function PaidRow({ row }: { row: PaidLine }) {
  const isMoney = row.key === "cash" || row.key === "wallet";
  return (
    <div className={classNames(styles.row, !isMoney && styles.quiet)}>
      {row.key === "cash" && <Banknote size={22} aria-hidden />}
      {row.key === "wallet" && <Wallet size={22} aria-hidden />}
      <span>{row.label}</span>
      <span className={styles.amount}>{row.amount}</span>
    </div>
  );
}
