import { useState } from "react";
import type { ChatReceipt } from "../../../sync/protocol/chat.ts";
import { formatColumn, formatMoney } from "../../shared/format.ts";
import { useFormats, useLocale, useWords } from "../../shared/words/intl.tsx";
import { useTimes } from "../parts/use-times.ts";
import styles from "./receipt-card.module.css";

/** A receipt in a thread: number, time and amount, and its goods where somebody wants to see them. */
export function ReceiptCard({ receipt }: { receipt: ChatReceipt }) {
  const words = useWords();
  const locale = useLocale();
  const { name } = useFormats();
  const times = useTimes();
  const [isOpen, setIsOpen] = useState(false);
  const { lines, currency } = receipt;
  return (
    <div className={styles.card}>
      <p className={styles.head}>
        <span>
          {words(receipt.kind === "refund" ? "manager.card-refund" : "manager.card-sale", {
            receipt: receipt.receiptCode,
          })}
        </span>
        <span>{times.when(receipt.time)}</span>
      </p>
      <p className={styles.total}>{formatMoney(receipt.totalMinor, currency, locale)}</p>
      {receipt.originalReceiptCode !== undefined && (
        <p className={styles.note}>{words("manager.card-of", { receipt: receipt.originalReceiptCode })}</p>
      )}
      {lines.length === 0 && <p className={styles.note}>{words("manager.card-money-alone")}</p>}
      {lines.length > 0 && (
        <button type="button" className={styles.more} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {words(isOpen ? "manager.card-hide" : "manager.card-show", { count: lines.length })}
        </button>
      )}
      {isOpen && (
        <ul className={styles.lines}>
          {lines.map((line, index) => (
            // Lines of a delivered receipt never change their places.
            // eslint-disable-next-line react/no-array-index-key
            <li key={index}>
              <span>{name(line.name)}</span>
              <span>
                {formatColumn(
                  line.discounts.reduce((sum, { amountMinor }) => sum - amountMinor, line.grossMinor) -
                    (line.givenBackMinor ?? 0),
                  currency,
                  locale,
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
