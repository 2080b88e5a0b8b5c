import { Delete, Search } from "lucide-react";
import { Button, Input, SearchField } from "react-aria-components";
import type { Tile } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./goods-panel.module.css";
import { KioskKey, KioskSymbolKey } from "./kiosk-key.tsx";
import { LinePicture } from "./line-picture.tsx";
import { Notices } from "./notices.tsx";
import { Screen } from "./screen.tsx";
import { Totals } from "./totals.tsx";
import { useAct } from "./use-act.ts";
import { bagCategory, useTiles } from "./use-tiles.ts";
import { openPanel, setView, useView } from "./view.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const longestQuery = 24;

/** Goods without a code: found by their kind, or by name and first letters, on keys of the page's own. */
export function GoodsPanel({ category }: { category: string | null }) {
  const words = useWords();
  const { categories } = useTillSnapshot();
  const query = useView((view) => view.query);
  const isBags = category === bagCategory;
  const kinds = categories.filter(({ id }) => id !== bagCategory);
  const chosen = category ?? kinds[0]?.id ?? null;
  const isSearching = query.trim() !== "";
  // What has no price of its own is added by a person.
  const tiles = useTiles(chosen, query).filter((tile) => tile.openPrice === undefined);
  return (
    <Screen
      title={words(isBags ? "kiosk.bags" : "kiosk.goods-title")}
      titleClassName={styles.title}
      work={
        <>
          {!isBags && <Kinds chosen={isSearching ? null : chosen} />}
          <div className={styles.shelf}>
            {isSearching && (
              <p className={styles.found} role="status">
                {words("kiosk.goods-found", { count: tiles.length })}
              </p>
            )}
            <ul className={styles.tiles}>
              {tiles.map((tile) => (
                <li key={tile.itemId}>
                  <GoodsTile tile={tile} />
                </li>
              ))}
            </ul>
          </div>
          <Notices />
        </>
      }
      lower={
        <>
          <Totals label="kiosk.total" />
          {!isBags && <Letters query={query} />}
        </>
      }
    />
  );
}

function Kinds({ chosen }: { chosen: string | null }) {
  const words = useWords();
  const formats = useFormats();
  const { categories } = useTillSnapshot();
  return (
    <div className={styles.kinds} role="group" aria-label={words("kiosk.goods-categories")}>
      {categories
        .filter(({ id }) => id !== bagCategory)
        .map(({ id, name }) => (
          <KioskKey
            key={id}
            className={styles.kind}
            label={formats.name(name)}
            isOn={id === chosen}
            onPress={() => setView({ panel: { kind: "goods", category: id }, query: "" })}
          />
        ))}
    </div>
  );
}

function GoodsTile({ tile }: { tile: Tile }) {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const price = formats.money(tile.priceMinor);
  const add = () => {
    if (tile.unit === "kilogram") openPanel({ kind: "weight", tile });
    else void act("basket.add", { itemId: tile.itemId });
  };
  return (
    <Button className={classNames(styles.tile, tile.picture === undefined && styles.bare)} onPress={add}>
      <LinePicture hash={tile.picture} className={styles.picture} />
      <span className={styles.name}>{formats.name(tile.name)}</span>
      <span className={styles.price}>
        {tile.unit === "kilogram" ? words("kiosk.goods-kilogram", { price }) : price}
      </span>
    </Button>
  );
}

/** A kiosk has no keyboard: the letters for a search are keys in reach. A keyboard types into the field as well. */
function Letters({ query }: { query: string }) {
  const words = useWords();
  const type = (letter: string) => setView({ query: (query + letter).slice(0, longestQuery) });
  return (
    <div className={styles.search}>
      <SearchField
        className={styles.field ?? ""}
        aria-label={words("kiosk.goods-search")}
        value={query}
        maxLength={longestQuery}
        onChange={(text) => setView({ query: text })}
      >
        <Search className={styles.icon} strokeWidth={1.75} aria-hidden />
        <Input className={styles.input ?? ""} placeholder={words("kiosk.goods-search")} inputMode="none" />
      </SearchField>
      <div className={styles.letters} role="group" aria-label={words("kiosk.goods-letters")}>
        {[...letters].map((letter) => (
          <KioskSymbolKey
            key={letter}
            className={styles.letter}
            symbol={letter}
            name={letter}
            onPress={() => type(letter.toLowerCase())}
          />
        ))}
        <KioskSymbolKey
          className={styles.letter}
          symbol={<Delete className={styles.icon} aria-hidden />}
          name={words("kiosk.goods-back")}
          onPress={() => setView({ query: query.slice(0, -1) })}
        />
      </div>
    </div>
  );
}
