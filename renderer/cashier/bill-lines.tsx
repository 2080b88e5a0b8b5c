import { Scale } from "lucide-react";
import { memo, useLayoutEffect, useRef } from "react";
import type { BasketLine } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./bill-lines.module.css";
import { setView } from "./view.ts";

/** The older lines, the newest nearest to the beam. Touching one brings it down onto the beam, where it can be changed. */
export function BillLines(props: {
  lines: readonly BasketLine[];
  isFixed: boolean;
  isOverBeamLine: boolean;
  addedCount: number;
  /** The largest quantity of the sale: it makes the room for all of them. */
  widestQuantity: number;
}) {
  const words = useWords();
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    element.scrollTop = element.scrollHeight;
    // With large text the bill around the lines scrolls instead.
    const bill = element.parentElement;
    if (bill !== null) bill.scrollTop = bill.scrollHeight;
  }, [props.addedCount, props.lines.length]);
  return (
    // A list that scrolls can be reached and scrolled by keyboard even when none of its lines can be changed.
    <div className={styles.lines} ref={place} {...(props.isFixed ? { tabIndex: 0, role: "group" } : {})}>
      <ul className={classNames(styles.list, widthClass(props.widestQuantity))} aria-label={words("bill.lines")}>
        {props.lines.map((line) => (
          <li key={line.lineId} className={styles.item}>
            <BillLine line={line} isFixed={props.isFixed} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function widthClass(quantity: number): string | undefined {
  if (quantity >= 1000) return styles.four;
  return quantity >= 100 ? styles.three : undefined;
}

const BillLine = memo(
  function BillLine({ line, isFixed }: { line: BasketLine; isFixed: boolean }) {
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
          <LineSecond line={line} />
        </span>
        <span className={styles.price}>{formats.column(line.totalMinor)}</span>
      </>
    );
    if (isFixed) return <div className={styles.line}>{content}</div>;
    return (
      <button type="button" className={styles.line} onClick={() => setView({ selectedLineId: line.lineId })}>
        {content}
      </button>
    );
  },
  // A snapshot arrives whole, so lines are compared by what they say.
  (before, after) => before.isFixed === after.isFixed && JSON.stringify(before.line) === JSON.stringify(after.line),
);

/** What a line is made of: the price of one, or a weight and the price of a kilogram. Nothing for a single piece. */
export function LineSecond({ line }: { line: BasketLine }) {
  const words = useWords();
  const formats = useFormats();
  if (line.weightGrams !== undefined) {
    return (
      <span className={styles.second}>
        <Scale size={17} aria-hidden />
        {words("bill.weight", {
          weight: formats.kilograms(line.weightGrams),
          price: formats.money(line.unitPriceMinor),
        })}
      </span>
    );
  }
  if (line.quantity === undefined || line.quantity < 2) return null;
  return <span className={styles.second}>{words("bill.each", { price: formats.money(line.unitPriceMinor) })}</span>;
}
