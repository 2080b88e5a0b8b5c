import type { DayReport } from "../../../main/contract/manager.ts";
import { useFormats, useWords } from "../../shared/words/intl.tsx";
import styles from "./best-goods.module.css";

/** The goods that brought the most, with how much of each was sold. */
export function BestGoods({ goods }: { goods: DayReport["goods"] }) {
  const words = useWords();
  const formats = useFormats();
  if (goods.length === 0) return null;
  return (
    <section className={styles.goods} aria-label={words("manager.goods")}>
      <h2>{words("manager.goods")}</h2>
      <ol className={styles.list}>
        {goods.map((good, index) => (
          <li key={good.itemId} className={styles.good}>
            <span className={styles.place} aria-hidden>
              {index + 1}
            </span>
            <span className={styles.name}>{formats.name(good.name)}</span>
            <span className={styles.amountSold}>
              {good.unit === "kilogram"
                ? words("manager.goods-weight", { weight: formats.kilograms(good.weightGrams) })
                : words("manager.goods-pieces", { count: good.quantity })}
            </span>
            <span className={styles.total}>{formats.money(good.totalMinor)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
