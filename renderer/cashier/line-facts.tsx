import { Scale, Tag, Undo2, UserRoundCheck, UserRoundSearch, Recycle } from "lucide-react";
import type { Basket, BasketLine } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { formatPercent } from "../shared/format.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { isAgeOpen, ownDiscount } from "./line-amounts.ts";
import styles from "./line-facts.module.css";

/** Whether a line says more than its name and its price. */
export function hasFacts(line: BasketLine): boolean {
  const isPlain = line.weightGrams === undefined && (line.quantity ?? 1) < 2;
  const isPriced = line.openPrice === true || line.listPriceMinor !== undefined;
  return (
    !isPlain ||
    isPriced ||
    line.givenBackMinor !== undefined ||
    line.deposit !== undefined ||
    line.discounts.length > 0 ||
    line.ageMinimum !== undefined
  );
}

/**
 * What a line is made of: the price of one or of a kilogram, another price than the catalogue's, what was taken off, its
 * deposit, its age limit. Nothing for a single piece at its own price. `age` is left out where it is said elsewhere.
 */
export function LineFacts({ line, basket }: { line: BasketLine; basket: Basket }) {
  if (!hasFacts(line)) return null;
  return (
    <span className={styles.facts}>
      <Price line={line} />
      <Saved line={line} />
      <GivenBack line={line} />
      <Deposit line={line} />
      <Age line={line} basket={basket} />
    </span>
  );
}

function Price({ line }: { line: BasketLine }) {
  const words = useWords();
  const formats = useFormats();
  const listPrice = line.listPriceMinor !== undefined && (
    <s className={styles.list}>
      <span className={styles.hidden}>{words("bill.list-price")}</span> {formats.money(line.listPriceMinor)}
    </s>
  );
  if (line.weightGrams !== undefined) {
    return (
      <span className={styles.fact}>
        <Scale size={17} aria-hidden />
        {words("bill.weight", {
          weight: formats.kilograms(line.weightGrams),
          price: formats.money(line.unitPriceMinor),
        })}
        {listPrice}
      </span>
    );
  }
  if (line.openPrice === true) return <span className={styles.fact}>{words("bill.open-price")}</span>;
  if ((line.quantity ?? 1) < 2 && line.listPriceMinor === undefined) return null;
  return (
    <span className={styles.fact}>
      {words("bill.each", { price: formats.money(line.unitPriceMinor) })}
      {listPrice}
    </span>
  );
}

function Saved({ line }: { line: BasketLine }) {
  const words = useWords();
  const formats = useFormats();
  const discount = ownDiscount(line);
  if (discount === undefined) return null;
  const amount = formats.money(discount.amountMinor);
  return (
    <span className={classNames(styles.fact, styles.saved)}>
      <Tag size={17} aria-hidden />
      {discount.ratePartsPerMillion === undefined
        ? words("bill.saves", { amount })
        : words("bill.saves-percent", { percent: formatPercent(discount.ratePartsPerMillion), amount })}
    </span>
  );
}

/** Of a line that came back: what refunds of money had paid out of it before. */
function GivenBack({ line }: { line: BasketLine }) {
  const words = useWords();
  const formats = useFormats();
  if (line.givenBackMinor === undefined) return null;
  return (
    <span className={styles.fact}>
      <Undo2 size={17} aria-hidden />
      {words("refund.line-given-back", { amount: formats.money(line.givenBackMinor) })}
    </span>
  );
}

function Deposit({ line }: { line: BasketLine }) {
  const words = useWords();
  const formats = useFormats();
  if (line.deposit === undefined) return null;
  return (
    <span className={styles.fact}>
      <Recycle size={17} aria-hidden />
      {words("bill.deposit", { price: formats.money(line.deposit.eachMinor) })}
    </span>
  );
}

function Age({ line, basket }: { line: BasketLine; basket: Basket }) {
  const words = useWords();
  const formats = useFormats();
  const years = line.ageMinimum;
  if (years === undefined) return null;
  const checked = basket.age?.checked;
  if (checked !== undefined) {
    return (
      <span className={styles.fact}>
        <UserRoundCheck size={17} aria-hidden />
        {words("bill.age-checked", { years, time: formats.time(checked.at), person: formats.name(checked.by) })}
      </span>
    );
  }
  if (!isAgeOpen(line, basket) || basket.age === undefined) return null;
  return (
    <span className={classNames(styles.fact, styles.age)}>
      <UserRoundSearch size={17} aria-hidden />
      {years === basket.age.minimum
        ? words("bill.age-open", { years, day: formats.day(basket.age.bornOnOrBefore) })
        : words("bill.age-lower", { years })}
    </span>
  );
}
