import type { Basket, Outcome } from "../../main/contract/snapshot.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { saleDiscountMinor } from "./line-amounts.ts";
import styles from "./settled-sums.module.css";
import { useDiscountName } from "./discount-name.ts";
import { usePaidRows } from "./paid-rows.ts";

/** What a stored sale adds up to and how it was paid, below its lines; nothing is left out, because nothing is due here. */
export function SettledSums({ basket, outcome }: { basket: Basket; outcome: Outcome }) {
  const words = useWords();
  const formats = useFormats();
  const discountName = useDiscountName();
  const paid = usePaidRows(outcome);
  return (
    <dl className={styles.sums}>
      {basket.saleDiscount !== undefined && (
        <div className={styles.row}>
          <dt>{discountName(basket.saleDiscount)}</dt>
          <dd>{formats.column(-saleDiscountMinor(basket))}</dd>
        </div>
      )}
      {basket.depositMinor > 0 && (
        <div className={styles.row}>
          <dt>{words("totals.deposits-held")}</dt>
          <dd>{formats.column(basket.depositMinor)}</dd>
        </div>
      )}
      {basket.taxes
        .filter((tax) => tax.grossMinor !== 0)
        .map((tax) => (
          <div key={tax.taxClass} className={styles.row}>
            <dt>
              {words(tax.included ? "bill.tax-included" : "bill.tax-added", {
                name: formats.name(tax.name),
                amount: formats.money(tax.grossMinor),
              })}
            </dt>
            <dd>{formats.column(tax.taxMinor)}</dd>
          </div>
        ))}
      <div className={styles.total}>
        <dt>{words("bill.total")}</dt>
        <dd>{formats.money(outcome.totalMinor)}</dd>
      </div>
      {paid.map(({ key, label, amount }) => (
        <div key={key} className={styles.row}>
          <dt>{label}</dt>
          <dd>{amount}</dd>
        </div>
      ))}
    </dl>
  );
}
