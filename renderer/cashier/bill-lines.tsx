import { memo, useLayoutEffect, useRef, type KeyboardEvent } from "react";
import type { Basket, BasketLine } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./bill-lines.module.css";
import { useDiscountName } from "./discount-name.ts";
import { isAgeOpen, saleDiscountMinor } from "./line-amounts.ts";
import { LineFacts } from "./line-facts.tsx";
import { LinePrice } from "./line-price.tsx";
import { NoteRow } from "./note-row.tsx";
import { openLine } from "./view.ts";

/** The older lines, the newest nearest to the beam. Touching one brings it down onto the beam, where it can be changed. */
export function BillLines(props: {
  basket: Basket;
  lines: readonly BasketLine[];
  isFixed: boolean;
  /** Whether the totals below say how it was paid, so that the discount of the sale has its row up here. */
  isSettled: boolean;
  /** The largest quantity of the sale: it makes the room for all of them. */
  widestQuantity: number;
}) {
  const words = useWords();
  const { basket } = props;
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    element.scrollTop = element.scrollHeight;
    // With large text the lines scroll together with the line on the beam.
    const around = element.parentElement;
    if (around !== null) around.scrollTop = around.scrollHeight;
  }, [basket.addedCount, props.lines.length]);
  return (
    // A list that scrolls can be reached and scrolled by keyboard even when none of its lines can be changed.
    <div className={styles.lines} ref={place} {...(props.isFixed ? { tabIndex: 0, role: "group" } : {})}>
      {basket.note !== undefined && <NoteRow note={basket.note} isFixed={props.isFixed} />}
      <ul className={classNames(styles.list, widthClass(props.widestQuantity))} aria-label={words("bill.lines")}>
        {props.lines.map((line) => (
          <li key={line.lineId} className={classNames(styles.item, isAgeOpen(line, basket) && styles.attention)}>
            <BillLine line={line} basket={basket} isFixed={props.isFixed} />
          </li>
        ))}
        {props.isSettled && <SaleDiscount basket={basket} />}
      </ul>
    </div>
  );
}

/** The discount of the sale, so that the lines above a settled total still add up to it. */
function SaleDiscount({ basket }: { basket: Basket }) {
  const formats = useFormats();
  const discountName = useDiscountName();
  if (basket.saleDiscount === undefined) return null;
  return (
    <li className={styles.item}>
      <div className={styles.line}>
        <span className={styles.quantity} />
        <span className={styles.words}>{discountName(basket.saleDiscount)}</span>
        <span className={styles.discount}>{formats.column(-saleDiscountMinor(basket))}</span>
      </div>
    </li>
  );
}

/** Moves the focus to the line above or below. */
function walk(event: KeyboardEvent): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step === undefined) return;
  const keys = [...document.querySelectorAll<HTMLElement>("[data-bill-line]")];
  const next = keys[keys.findIndex((key) => key === event.currentTarget) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function widthClass(quantity: number): string | undefined {
  if (quantity >= 1000) return styles.four;
  return quantity >= 100 ? styles.three : undefined;
}

const BillLine = memo(
  function BillLine({ line, basket, isFixed }: { line: BasketLine; basket: Basket; isFixed: boolean }) {
    const formats = useFormats();
    const content = (
      <>
        <span className={styles.quantity}>
          {line.quantity !== undefined && (
            <>
              {line.quantity}
              <span className={styles.times}>×</span>
            </>
          )}
        </span>
        <span className={styles.words}>
          <span className={styles.name}>{formats.name(line.name)}</span>
          <LineFacts line={line} basket={basket} />
        </span>
        <LinePrice line={line} />
      </>
    );
    if (isFixed) return <div className={styles.line}>{content}</div>;
    return (
      <button
        type="button"
        data-bill-line
        className={styles.line}
        onClick={() => openLine(line.lineId)}
        onKeyDown={walk}
      >
        {content}
      </button>
    );
  },
  // A snapshot arrives whole, so lines are compared by what they say, and by what the basket says about their age.
  (before, after) =>
    before.isFixed === after.isFixed &&
    JSON.stringify([before.line, before.line.ageMinimum === undefined ? null : before.basket.age]) ===
      JSON.stringify([after.line, after.line.ageMinimum === undefined ? null : after.basket.age]),
);
