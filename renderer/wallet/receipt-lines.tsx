import { Fragment } from "react";
import type { ChatReceipt } from "../../sync/protocol/chat.ts";
import { formatPaymentNumber, formatPercent } from "../shared/format.ts";
import { useFormats, useWords, type Words } from "../shared/words/intl.tsx";
import styles from "./receipt-lines.module.css";

type Line = ChatReceipt["lines"][number];
type Discount = Line["discounts"][number];

function discountWords(discount: Discount, words: Words): string {
  const { ratePartsPerMillion } = discount;
  if (ratePartsPerMillion === undefined) {
    return words(discount.of === "sale" ? "wallet.discount-all-amount" : "wallet.discount-amount");
  }
  const rate = formatPercent(ratePartsPerMillion);
  return discount.of === "sale" ? words("wallet.discount-all-rate", { rate }) : words("wallet.discount-rate", { rate });
}

/** The lines of a receipt with what was taken off each, the beam, and what they add up to. */
export function ReceiptLines({ receipt }: { receipt: ChatReceipt }) {
  const words = useWords();
  const formats = useFormats();
  return (
    <>
      {receipt.lines.length === 0 ? (
        <p className={styles.none}>{words("wallet.money-alone")}</p>
      ) : (
        <ul className={styles.lines}>
          {receipt.lines.map((line, index) => (
            // Lines of a receipt stand still, and two may be the same in everything.
            <LineRows key={index} line={line} />
          ))}
        </ul>
      )}
      <div className={styles.beam} />
      <dl className={styles.sums}>
        <div className={styles.total}>
          <dt>{words("wallet.total")}</dt>
          <dd>{formats.money(receipt.totalMinor)}</dd>
        </div>
        {receipt.discountMinor !== undefined && receipt.discountMinor > 0 && (
          <div className={styles.saved}>
            <dt>{words("wallet.saved")}</dt>
            <dd>{formats.column(receipt.discountMinor)}</dd>
          </div>
        )}
        {receipt.depositMinor !== undefined && receipt.depositMinor > 0 && (
          <div>
            <dt>{words("wallet.deposits")}</dt>
            <dd>{formats.column(receipt.depositMinor)}</dd>
          </div>
        )}
        {receipt.taxes.map((tax) => (
          <div key={`${tax.name.en} ${tax.ratePartsPerMillion} ${String(tax.included)}`}>
            <dt>
              {words(tax.included ? "wallet.tax-included" : "wallet.tax-added", {
                tax: formats.name(tax.name),
                gross: formats.money(tax.included ? tax.grossMinor : tax.grossMinor - tax.taxMinor),
              })}
            </dt>
            <dd>{formats.column(tax.taxMinor)}</dd>
          </div>
        ))}
        {receipt.tenders.length > 1 &&
          receipt.tenders.map((tender, index) => (
            <div key={index} className={styles.tender}>
              <dt>{tenderWords(tender, words)}</dt>
              <dd>{formats.column(tender.amountMinor)}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}

function tenderWords(tender: ChatReceipt["tenders"][number], words: Words): string {
  if (tender.kind === "cash") return words("wallet.by-cash");
  if (tender.number === undefined) return words("wallet.by-wallet");
  return words("wallet.by-wallet-number", { number: formatPaymentNumber(tender.number) });
}

function LineRows({ line }: { line: Line }) {
  const words = useWords();
  const formats = useFormats();
  const name = formats.name(line.name);
  const { quantity, weightGrams } = line;
  return (
    <li className={styles.line}>
      <span className={styles.quantity}>{quantity === undefined ? "" : words("wallet.times", { quantity })}</span>
      <span className={styles.name}>
        {weightGrams === undefined
          ? name
          : words("wallet.weighed", { name, kilograms: formats.kilograms(weightGrams) })}
      </span>
      <span className={styles.amount}>{formats.column(line.grossMinor)}</span>
      {line.discounts.map((discount, index) => (
        <Fragment key={index}>
          <span className={styles.off}>{discountWords(discount, words)}</span>
          <span className={styles.offAmount}>{formats.column(-discount.amountMinor)}</span>
        </Fragment>
      ))}
      {line.givenBackMinor !== undefined && (
        <>
          <span className={styles.off}>{words("wallet.line-given-back")}</span>
          <span className={styles.offAmount}>{formats.column(-line.givenBackMinor)}</span>
        </>
      )}
      {line.depositMinor !== undefined && line.depositMinor > 0 && (
        <>
          <span className={styles.deposit}>{words("wallet.deposit")}</span>
          <span className={styles.amount}>{formats.column(line.depositMinor)}</span>
        </>
      )}
    </li>
  );
}
