import { classNames } from "../shared/class-names.ts";
import { useFormats } from "../shared/words/intl.tsx";
import styles from "./money.module.css";

/** What is worth less than this, one yuan, is a coin. */
const leastNoteMinor = 100;

/** The band at the edge of each note, after the colours that people know them by. */
const bands: Readonly<Record<number, string | undefined>> = {
  10_000: styles.red,
  5_000: styles.green,
  2_000: styles.brown,
  1_000: styles.blue,
  500: styles.violet,
  100: styles.olive,
};

/** A drawn note or coin with its value on it. */
export function Money({ valueMinor, isGone = false }: { valueMinor: number; isGone?: boolean }) {
  const formats = useFormats();
  const isCoin = valueMinor < leastNoteMinor;
  return (
    <span
      className={classNames(isCoin ? styles.coin : styles.note, bands[valueMinor], isGone && styles.gone)}
      aria-hidden="true"
    >
      {formats.note(valueMinor)}
    </span>
  );
}
