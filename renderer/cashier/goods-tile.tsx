import { memo, useState } from "react";
import { Button } from "react-aria-components";
import type { Tile } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./goods-tile.module.css";

/** From so many letters on (a Chinese character counts as two) a name is set smaller, so that it takes two lines. */
const longNameLetters = 18;

function isLong(name: string): boolean {
  let letters = 0;
  for (const character of name) letters += character > "\u2e80" ? 2 : 1;
  return letters > longNameLetters;
}

/** A good to touch: its picture, what it costs, its name. Without a picture the name stands larger. */
export const GoodsTile = memo(
  function GoodsTile({ tile, isInTabOrder, onPress }: { tile: Tile; isInTabOrder: boolean; onPress(): void }) {
    const words = useWords();
    const formats = useFormats();
    const name = formats.name(tile.name);
    const [isMissing, setMissing] = useState(false);
    const hasPicture = tile.picture !== undefined && !isMissing;
    return (
      <Button className={styles.tile ?? ""} excludeFromTabOrder={!isInTabOrder} onPress={onPress}>
        {hasPicture ? (
          <img
            className={styles.picture}
            src={`/pictures/${tile.picture}`}
            alt=""
            draggable={false}
            onError={() => setMissing(true)}
          />
        ) : (
          <span />
        )}
        <span className={styles.price}>
          {tile.openPrice === true ? (
            <span className={styles.unit}>{words("goods.open-price")}</span>
          ) : (
            <>
              <span className={styles.amount}>{formats.money(tile.priceMinor)}</span>
              <span className={styles.unit}>
                {words(tile.unit === "kilogram" ? "goods.per-kilogram" : "goods.each")}
              </span>
            </>
          )}
          {tile.ageMinimum !== undefined && (
            <span className={styles.unit}>{words("goods.age", { years: tile.ageMinimum })}</span>
          )}
        </span>
        <span className={classNames(styles.name, isLong(name) && styles.long, !hasPicture && styles.large)}>
          {name}
        </span>
      </Button>
    );
  },
  (before, after) => before.tile === after.tile && before.isInTabOrder === after.isInTabOrder,
);
