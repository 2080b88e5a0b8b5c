import type { Basket } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useSnapshot } from "./till.tsx";
import styles from "./totals.module.css";

/** Two tax lines have a place above the total; more of them are added up, and the receipt has each. */
const mostTaxLines = 2;

/** From so many characters on the total is set smaller, so that it stays within its panel: ¥1,234,567.89. */
const longTotalCharacters = 12;

/** Taxes, number of goods, total. */
export function Totals({ basket }: { basket: Basket }) {
  const words = useWords();
  const formats = useFormats();
  const amount = formats.money(basket.totalMinor);
  return (
    <>
      <Taxes basket={basket} />
      <div className={styles.total}>
        <div className={styles.words}>
          <h2 className={styles.label}>{words("bill.total")}</h2>
          <span className={styles.count}>{words("bill.items", { count: basket.itemCount })}</span>
        </div>
        <output className={classNames(styles.amount, amount.length >= longTotalCharacters && styles.long)}>
          {amount}
        </output>
      </div>
    </>
  );
}

function Taxes({ basket }: { basket: Basket }) {
  const words = useWords();
  const formats = useFormats();
  const { till } = useSnapshot();
  const taxed = basket.taxes.filter((tax) => tax.grossMinor !== 0);
  if (taxed.length > mostTaxLines) {
    const taxMinor = taxed.reduce((sum, tax) => sum + tax.taxMinor, 0);
    return (
      <div className={styles.taxes}>
        <div className={styles.tax}>
          <span>{words("bill.taxes", { count: taxed.length })}</span>
          <span>{formats.column(taxMinor)}</span>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.taxes}>
      {taxed.map((tax) => (
        <div key={tax.taxClass} className={styles.tax}>
          <span>
            {words(till.priceIncludesTax ? "bill.tax-included" : "bill.tax-added", {
              name: formats.name(tax.name),
              amount: formats.money(tax.grossMinor),
            })}
          </span>
          <span>{formats.column(tax.taxMinor)}</span>
        </div>
      ))}
    </div>
  );
}
