import type { Basket, Outcome } from "../../main/contract/snapshot.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./paper.module.css";
import { useSnapshot } from "./till.tsx";

/** The receipt as it comes out of the slot: a drawing, not the print itself. */
export function Paper({ outcome, basket }: { outcome: Outcome; basket: Basket }) {
  const words = useWords();
  const formats = useFormats();
  const { till } = useSnapshot();
  const isRefund = outcome.kind === "refund";
  // What goes back is printed with a minus.
  const printed = (minor: number) => (isRefund ? -minor : minor);
  return (
    <div className={styles.paper} aria-hidden="true">
      <div className={styles.head}>
        <span className={styles.store}>{formats.name(till.store)}</span>
        <span>
          {words("paper.place", { address: formats.name(till.address), number: till.number })}
          {till.cashier !== undefined && ` · ${formats.name(till.cashier)}`}
        </span>
        <span>
          {words("paper.number", {
            day: till.businessDay,
            time: formats.time(outcome.storedAt),
            code: outcome.receiptCode,
          })}
        </span>
      </div>
      <div className={styles.rows}>
        {basket.lines.map((line) => (
          <div key={line.lineId} className={styles.row}>
            <span>
              {line.quantity === undefined ? formats.name(line.name) : `${line.quantity} × ${formats.name(line.name)}`}
            </span>
            <span>{formats.column(printed(line.totalMinor))}</span>
          </div>
        ))}
        {basket.depositMinor > 0 && (
          <div className={styles.row}>
            <span>{words("totals.deposits-held")}</span>
            <span>{formats.column(printed(basket.depositMinor))}</span>
          </div>
        )}
      </div>
      <div className={`${styles.row} ${styles.total}`}>
        <span>{words(isRefund ? "refund.total" : "bill.total")}</span>
        <span>{formats.money(printed(outcome.totalMinor))}</span>
      </div>
    </div>
  );
}
