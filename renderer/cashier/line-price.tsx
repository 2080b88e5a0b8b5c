import type { BasketLine } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { lineMinor, ownDiscount } from "./line-amounts.ts";
import styles from "./line-price.module.css";

/**
 * What a line comes to, in a column that adds up: the price before its discount struck through, and its deposit below. The
 * large one is a row and leaves the deposit to the row below it.
 */
export function LinePrice({ line, isLarge = false }: { line: BasketLine; isLarge?: boolean }) {
  const words = useWords();
  const formats = useFormats();
  return (
    <span className={classNames(styles.prices, isLarge && styles.large)}>
      {ownDiscount(line) !== undefined && (
        <s className={styles.gross}>
          <span className={styles.hidden}>{words("bill.before")}</span> {formats.column(line.grossMinor)}
        </s>
      )}
      <span className={styles.price}>{formats.column(lineMinor(line))}</span>
      {!isLarge && <DepositSum line={line} />}
    </span>
  );
}

/** The deposits of a line, in the column of its price. */
export function DepositSum({ line }: { line: BasketLine }) {
  const words = useWords();
  const formats = useFormats();
  if (line.deposit === undefined) return null;
  return (
    <span className={styles.deposit}>
      <span className={styles.hidden}>{words("bill.deposit-sum")}</span> {formats.column(line.deposit.totalMinor)}
    </span>
  );
}
