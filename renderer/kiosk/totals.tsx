import { classNames } from "../shared/class-names.ts";
import { useTillSnapshot } from "../shared/till-session.tsx";
import type { WordKey } from "../shared/words/en.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./totals.module.css";

/** What it all adds up to, always under the beam. */
export function Totals({ label }: { label: WordKey }) {
  const words = useWords();
  const formats = useFormats();
  const { basket } = useTillSnapshot();
  const { itemCount: count, discountMinor, depositMinor } = basket;
  const facts = [
    discountMinor > 0
      ? words("kiosk.count-saved", { count, amount: formats.money(discountMinor) })
      : words("kiosk.count", { count }),
    ...(depositMinor > 0 ? [words("kiosk.with-deposit", { amount: formats.money(depositMinor) })] : []),
    ...(basket.age?.checked === undefined ? [] : [words("kiosk.age-checked")]),
  ];
  const amount = formats.money(basket.dueMinor);
  return (
    <div className={styles.totals}>
      <div className={styles.words}>
        <h2 className={styles.label}>{words(label)}</h2>
        <p className={styles.fact}>{facts.join(" · ")}</p>
      </div>
      <output className={classNames(styles.amount, amount.length > 8 && styles.wide)}>{amount}</output>
    </div>
  );
}
