import { Banknote, Wallet } from "lucide-react";
import type { Outcome } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./paid-totals.module.css";

/** What was paid with what, in the place of the total. */
export function PaidTotals({ outcome }: { outcome: Outcome }) {
  const words = useWords();
  const formats = useFormats();
  const Icon = outcome.tender === "cash" ? Banknote : Wallet;
  const roundingMinor = outcome.roundingMinor ?? 0;
  const takenMinor = outcome.tenderedMinor ?? outcome.totalMinor + roundingMinor;
  return (
    <div className={classNames(styles.rows, roundingMinor !== 0 && styles.four)}>
      <div className={classNames(styles.row, styles.total)}>
        <h2>{words("bill.total")}</h2>
        <span className={styles.amount}>{formats.money(outcome.totalMinor)}</span>
      </div>
      {roundingMinor !== 0 && (
        <div className={classNames(styles.row, styles.quiet)}>
          <span>{words("paid.rounding")}</span>
          <span className={styles.amount}>{formats.column(roundingMinor)}</span>
        </div>
      )}
      <div className={styles.row}>
        <Icon size={22} aria-hidden />
        <span>{words(outcome.tender === "cash" ? "paid.tender-cash" : "paid.tender-wallet")}</span>
        <span className={styles.amount}>{formats.column(takenMinor)}</span>
      </div>
      <div className={classNames(styles.row, styles.quiet)}>
        <span>{words(outcome.tender === "cash" ? "paid.change" : "paid.left")}</span>
        <span className={styles.amount}>{formats.column(outcome.changeMinor ?? 0)}</span>
      </div>
    </div>
  );
}
