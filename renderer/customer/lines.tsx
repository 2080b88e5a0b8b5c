import { useEffect, useRef, useState } from "react";
import type { BasketLine } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./lines.module.css";

/** The goods in their order; the newest stands last and large. Older ones rise out of view; nothing has to be scrolled. */
export function Lines() {
  const words = useWords();
  const { basket } = useTillSnapshot();
  const place = useRef<HTMLUListElement>(null);
  const count = basket.lines.length;
  useEffect(() => {
    const list = place.current;
    if (list === null) return;
    const stick = new ResizeObserver(() => (list.scrollTop = list.scrollHeight));
    stick.observe(list);
    list.scrollTop = list.scrollHeight;
    return () => stick.disconnect();
  }, [count]);
  const newest = basket.lines.find((line) => line.lineId === basket.newestLineId) ?? basket.lines.at(-1);
  if (newest === undefined) return <div className={styles.lines} />;
  return (
    <>
      <ul ref={place} className={styles.lines} aria-label={words("customer.lines")}>
        {basket.lines
          .filter((line) => line !== newest)
          .map((line) => (
            <li key={line.lineId}>
              <Line line={line} />
            </li>
          ))}
      </ul>
      <div aria-live="polite">
        <Line key={newest.lineId} line={newest} isNewest />
      </div>
    </>
  );
}

function Line({ line, isNewest = false }: { line: BasketLine; isNewest?: boolean }) {
  const words = useWords();
  const formats = useFormats();
  const [missing, setMissing] = useState<string | null>(null);
  const price = formats.money(line.unitPriceMinor);
  const savedMinor = line.discounts.reduce((sum, discount) => sum + discount.amountMinor, 0);
  const pieces = line.quantity ?? 1;
  const hasPicture = line.picture !== undefined && missing !== line.picture;
  return (
    <div className={classNames(styles.line, isNewest && styles.newest, !hasPicture && styles.bare)}>
      {isNewest && <span className={styles.bead} />}
      {hasPicture && (
        <img
          className={styles.picture}
          src={`/pictures/${line.picture}`}
          alt=""
          onError={() => setMissing(line.picture ?? null)}
        />
      )}
      <div className={styles.words}>
        <p className={styles.name}>
          {pieces > 1 && (
            <>
              {pieces} <span className={styles.times}>×</span>{" "}
            </>
          )}
          {formats.name(line.name)}
        </p>
        {line.weightGrams !== undefined && (
          <p className={styles.second}>
            {words("customer.weight", { weight: formats.kilograms(line.weightGrams), price })}
          </p>
        )}
        {pieces > 1 && <p className={styles.second}>{words("customer.each", { price })}</p>}
        {savedMinor > 0 && (
          <p className={styles.saved}>{words("customer.saves", { amount: formats.money(savedMinor) })}</p>
        )}
        {line.deposit !== undefined && (
          <p className={styles.second}>
            {words("customer.deposit-line", { amount: formats.money(line.deposit.totalMinor) })}
          </p>
        )}
      </div>
      <p className={styles.price}>{formats.money(line.totalMinor)}</p>
    </div>
  );
}
