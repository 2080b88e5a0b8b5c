import { UserRoundCheck } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "react-aria-components";
import type { BasketLine } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./items.module.css";
import { LinePicture } from "./line-picture.tsx";
import { setView } from "./view.ts";

/** The items above the beam, the newest at the bottom. A touch brings one onto the beam, where it can be changed. */
export function Items({ lines, onBeam }: { lines: readonly BasketLine[]; onBeam: BasketLine }) {
  const words = useWords();
  const place = useRef<HTMLUListElement>(null);
  const count = lines.length;
  // The items next to the beam stay in view, also when the list has less room than before.
  useEffect(() => {
    const list = place.current;
    if (list === null) return;
    const stick = new ResizeObserver(() => (list.scrollTop = list.scrollHeight));
    stick.observe(list);
    list.scrollTop = list.scrollHeight;
    return () => stick.disconnect();
  }, [count]);
  return (
    <ul ref={place} className={styles.items} aria-label={words("kiosk.items")}>
      {lines
        .filter((line) => line !== onBeam)
        .map((line) => (
          <Item key={line.lineId} line={line} />
        ))}
    </ul>
  );
}

function Item({ line }: { line: BasketLine }) {
  const formats = useFormats();
  const needsPerson = useNeedsPerson(line);
  const name = formats.name(line.name);
  const price = formats.money(line.totalMinor);
  return (
    <li className={styles.item}>
      <Button
        className={classNames(styles.row, needsPerson && styles.person, line.picture === undefined && styles.bare)}
        onPress={() => setView({ selectedLineId: line.lineId })}
      >
        <span className={styles.bead} />
        <LinePicture hash={line.picture} className={styles.picture} />
        <span className={styles.words}>
          <span className={styles.name}>
            {line.quantity !== undefined && line.quantity > 1 && (
              <>
                {line.quantity} <span className={styles.times}>×</span>{" "}
              </>
            )}
            {name}
          </span>
          <LineFacts line={line} />
        </span>
        <span className={styles.price}>{price}</span>
      </Button>
    </li>
  );
}

/** Whether somebody still has to look at the shopper's age for this line. */
export function useNeedsPerson(line: BasketLine): boolean {
  const { basket } = useTillSnapshot();
  return line.ageMinimum !== undefined && basket.age !== undefined && basket.age.checked === undefined;
}

/** What stands under the name: weight or price of one, what was saved, the deposit, who has to look. */
export function LineFacts({ line }: { line: BasketLine }) {
  const words = useWords();
  const formats = useFormats();
  const needsPerson = useNeedsPerson(line);
  const savedMinor = line.discounts.reduce((sum, discount) => sum + discount.amountMinor, 0);
  const price = formats.money(line.unitPriceMinor);
  return (
    <>
      {line.weightGrams !== undefined && (
        <span className={styles.second}>
          {words("kiosk.weight", { weight: formats.kilograms(line.weightGrams), price })}
        </span>
      )}
      {line.weightGrams === undefined && (line.quantity ?? 1) > 1 && (
        <span className={styles.second}>{words("kiosk.each", { price })}</span>
      )}
      {savedMinor > 0 && (
        <span className={styles.saved}>{words("kiosk.saves", { amount: formats.money(savedMinor) })}</span>
      )}
      {line.deposit !== undefined && (
        <span className={styles.second}>
          {words("kiosk.deposit", { amount: formats.money(line.deposit.totalMinor) })}
        </span>
      )}
      {line.ageMinimum !== undefined && (
        <span className={styles.age}>
          <UserRoundCheck className={styles.ageIcon} strokeWidth={1.75} aria-hidden />
          {words(needsPerson ? "kiosk.age-line" : "kiosk.age-line-done")}
        </span>
      )}
    </>
  );
}
