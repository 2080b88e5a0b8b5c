import type { Basket } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useDiscountName } from "./discount-name.ts";
import { saleDiscountMinor } from "./line-amounts.ts";
import styles from "./totals.module.css";

/** Two rows have a place above the total; more taxes than fit are added up, and the receipt has each. */
const mostRows = 2;

/** From so many characters on the total is set smaller, so that it stays within its panel: ¥1,234,567.89. */
const longTotalCharacters = 12;
/** The same where the text is large, for shorter totals: from ¥118.18 on the word stands above, from ¥1,234.56 on it shrinks. */
const tallTotalCharacters = 7;
const wideTotalCharacters = 9;

/** Discount, deposits, taxes, number of goods, total: always in the same places. */
export function Totals({ basket }: { basket: Basket }) {
  const words = useWords();
  const formats = useFormats();
  const amount = formats.money(basket.totalMinor);
  return (
    <>
      <Rows basket={basket} />
      <div className={styles.total}>
        <div className={styles.words}>
          <h2 className={styles.label}>{words("bill.total")}</h2>
          <span className={styles.count}>{words("bill.items", { count: basket.itemCount })}</span>
        </div>
        <output
          className={classNames(
            styles.amount,
            amount.length >= tallTotalCharacters && styles.tall,
            amount.length >= wideTotalCharacters && styles.wide,
            amount.length >= longTotalCharacters && styles.long,
          )}
        >
          {amount}
        </output>
      </div>
    </>
  );
}

/** What stands on the two rows above the total: the label at the start, an amount that belongs to the column at the end. */
function useRows(basket: Basket): { key: string; isTax?: true; label: string; amount: string | null }[] {
  const words = useWords();
  const formats = useFormats();
  const discountName = useDiscountName();
  const { cashPartMinor, depositMinor, saleDiscount } = basket;
  if (cashPartMinor !== undefined) {
    return [
      { key: "cash", label: words("totals.cash-part"), amount: formats.column(cashPartMinor) },
      { key: "wallet", label: words("totals.wallet-part"), amount: formats.column(basket.dueMinor) },
    ];
  }
  const isSaved = saleDiscount === undefined && basket.discountMinor > 0;
  const notes = [
    ...(isSaved ? [words("totals.saved", { amount: formats.money(basket.discountMinor) })] : []),
    ...(depositMinor > 0
      ? [words(isSaved ? "totals.deposits" : "totals.deposits-alone", { amount: formats.money(depositMinor) })]
      : []),
    // The discount of the sale is last: the amount at the end of the row is its own.
    ...(saleDiscount === undefined ? [] : [discountName(saleDiscount)]),
  ];
  const first =
    notes.length === 0
      ? []
      : [
          {
            key: "notes",
            label: notes.join(" · "),
            amount: saleDiscount === undefined ? null : formats.column(-saleDiscountMinor(basket)),
          },
        ];
  const taxed = basket.taxes.filter((tax) => tax.grossMinor !== 0);
  if (taxed.length > mostRows - first.length) {
    const taxMinor = taxed.reduce((sum, tax) => sum + tax.taxMinor, 0);
    return [
      ...first,
      {
        key: "taxes",
        isTax: true as const,
        label: words("bill.taxes", { count: taxed.length }),
        amount: formats.column(taxMinor),
      },
    ];
  }
  return [
    ...first,
    ...taxed.map((tax) => ({
      key: tax.taxClass,
      isTax: true as const,
      label: words(tax.included ? "bill.tax-included" : "bill.tax-added", {
        name: formats.name(tax.name),
        amount: formats.money(tax.grossMinor),
      }),
      amount: formats.column(tax.taxMinor),
    })),
  ];
}

/**
 * Two rows, whatever there is to say: the discount of the sale with what it takes off, what the lines save, deposits;
 * then the taxes, added up where there is no room for each.
 */
function Rows({ basket }: { basket: Basket }) {
  return (
    <div className={styles.taxes}>
      {useRows(basket).map(({ key, isTax, label, amount }) => (
        <div
          key={key}
          className={classNames(
            styles.tax,
            isTax && styles.plain,
            (key === "cash" || key === "wallet") && styles.strong,
          )}
        >
          <span className={styles.name}>{label}</span>
          {amount !== null && <span>{amount}</span>}
        </div>
      ))}
    </div>
  );
}
