import { classNames } from "../shared/class-names.ts";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./sum.module.css";
import { Twice } from "./twice.tsx";

/** A till with more rates than this says how many there are and their sum. */
const mostTaxLines = 2;

/** What the goods add up to, and what is in it: savings, deposits, tax, and how it is split while it is paid. */
export function Sum() {
  const words = useWords();
  const formats = useFormats();
  const { basket } = useTillSnapshot();
  const { totalMinor, discountMinor, depositMinor, taxes, cashPartMinor } = basket;
  const total = formats.money(totalMinor);
  const taxMinor = taxes.reduce((sum, tax) => sum + tax.taxMinor, 0);
  return (
    <div className={styles.sum}>
      <dl className={styles.parts}>
        {discountMinor > 0 && (
          <Part label={words("customer.saved")} amount={formats.money(discountMinor)} className={styles.saved} />
        )}
        {depositMinor > 0 && <Part label={words("customer.deposit")} amount={formats.money(depositMinor)} />}
        {taxes.length <= mostTaxLines ? (
          taxes.map((tax) => (
            <Part
              key={`${tax.taxClass} ${tax.ratePartsPerMillion}`}
              label={words(tax.included ? "customer.tax-included" : "customer.tax-added", {
                name: formats.name(tax.name),
              })}
              amount={formats.money(tax.taxMinor)}
            />
          ))
        ) : (
          <Part label={words("customer.taxes", { count: taxes.length })} amount={formats.money(taxMinor)} />
        )}
      </dl>
      <div className={styles.total}>
        <h2 className={styles.label}>
          <Twice text="customer.total" />
        </h2>
        <p className={styles.count}>{words("customer.count", { count: basket.itemCount })}</p>
        <output className={classNames(styles.amount, total.length > 8 && styles.wide)}>{total}</output>
      </div>
      {cashPartMinor !== undefined && (
        <dl className={styles.parts}>
          <Part label={words("customer.in-cash")} amount={formats.money(cashPartMinor)} />
          <Part label={words("customer.by-wallet")} amount={formats.money(basket.dueMinor)} className={styles.due} />
        </dl>
      )}
    </div>
  );
}

function Part(props: { label: string; amount: string; className?: string | undefined }) {
  return (
    <div className={classNames(styles.part, props.className)}>
      <dt>{props.label}</dt>
      <dd className={styles.figure}>{props.amount}</dd>
    </div>
  );
}
