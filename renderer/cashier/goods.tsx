import { Search, X } from "lucide-react";
import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type RefObject } from "react";
import { Button, Input, SearchField } from "react-aria-components";
import type { Tile } from "../../main/contract/snapshot.ts";
import { Key } from "../shared/components/key.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { FunctionRow } from "./function-row.tsx";
import { GoodsTile } from "./goods-tile.tsx";
import styles from "./goods.module.css";
import { Notices } from "./notices.tsx";
import { nextTile } from "./tile-focus.ts";
import { useAct, useSnapshot } from "./till.tsx";
import { useTiles } from "./use-tiles.ts";
import { openPanel, setView, useView } from "./view.ts";

/** The goods: found by name, code or initials, by category, or by their picture. */
export function Goods() {
  const words = useWords();
  const { categories } = useSnapshot();
  const chosen = useView((view) => view.category);
  const query = useView((view) => view.query);
  const category = chosen ?? categories[0]?.id ?? null;
  const { tiles, query: found } = useTiles(category, query);
  const isSearching = query.trim() !== "";
  const add = useAdd();
  const shelf = useRef<HTMLUListElement>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  // The finds that Enter asked for may come after it.
  useEffect(() => {
    if (wanted === null || wanted !== found) return;
    shelf.current?.querySelector("button")?.focus();
    setWanted(null);
  }, [wanted, found]);
  return (
    <div className={styles.goods}>
      <GoodsSearch onAdd={add} onSeveral={setWanted} />
      <CategoryStrip chosen={isSearching ? null : category} />
      <div className={styles.shelf}>
        {isSearching && (
          <p className={styles.found} role="status">
            {words("goods.found", { count: tiles.length })}
          </p>
        )}
        <Tiles place={shelf} tiles={tiles} onAdd={add} />
      </div>
      <Notices className={styles.notice} form="full" />
      <FunctionRow className={styles.functions} />
    </div>
  );
}

/** The tiles, one of which is in the order of the Tab key; arrow keys move between them as they lie. */
function Tiles(props: { place: RefObject<HTMLUListElement | null>; tiles: readonly Tile[]; onAdd(tile: Tile): void }) {
  const words = useWords();
  const { place, tiles } = props;
  const [chosen, setChosen] = useState<string | null>(null);
  const tabStop = Math.max(
    0,
    tiles.findIndex((tile) => tile.itemId === chosen),
  );
  const remember = (event: FocusEvent) => {
    const index = [...(place.current?.children ?? [])].findIndex((item) => item.contains(event.target));
    setChosen(tiles[index]?.itemId ?? null);
  };
  const move = (event: KeyboardEvent) => {
    const list = place.current;
    if (list === null) return;
    const items = [...list.children] as HTMLElement[];
    const index = items.findIndex((item) => item.contains(document.activeElement));
    const columns = items.filter((item) => item.offsetTop === items[0]?.offsetTop).length;
    const next = index < 0 ? null : nextTile(event.key, index, items.length, columns);
    if (next === null) return;
    event.preventDefault();
    items[next]?.querySelector("button")?.focus();
  };
  return (
    <ul
      ref={place}
      className={styles.tiles}
      aria-label={words("goods.shelf")}
      onFocusCapture={remember}
      onKeyDownCapture={move}
    >
      {tiles.map((tile, index) => (
        <li key={tile.itemId}>
          <GoodsTile tile={tile} isInTabOrder={index === tabStop} onPress={() => props.onAdd(tile)} />
        </li>
      ))}
    </ul>
  );
}

/** Puts a good into the basket; one that is sold by weight, or has no price of its own, asks first. */
function useAdd(): (tile: Tile) => void {
  const act = useAct();
  return (tile) => {
    if (tile.openPrice === true) openPanel({ kind: "open-price", tile });
    else if (tile.unit === "kilogram") openPanel({ kind: "weight", tile });
    else {
      setView({ selectedLineId: null, query: "" });
      void act("basket.add", { itemId: tile.itemId });
    }
  };
}

/** A code as it stands under its bars: GTIN-8, -12, -13 and -14 (GS1 General Specifications, 3.3). */
const wholeCode = /^(?:\d{8}|\d{12,14})$/;
/** What the shop's own codes look like: one digit at least, so that a misspelt name is not taken for one. */
const shopCode = /^(?=.*\d)[\w./-]{2,40}$/;

/**
 * Enter in the search: a whole code is sold as if it had been scanned; otherwise the one find is sold, of several the
 * first takes the focus, and where there is none a code of the shop's own is looked up.
 */
function useSubmit(onAdd: (tile: Tile) => void, onSeveral: (query: string) => void): (text: string) => void {
  const act = useAct();
  return (text) => {
    const query = text.trim();
    const code = query.replaceAll(" ", "");
    const sell = () => {
      setView({ query: "" });
      void act("basket.scan", { text: code, source: "typed" });
    };
    if (wholeCode.test(code)) {
      sell();
      return;
    }
    if (query === "") return;
    // Asked anew: the tiles in view may still be those of fewer letters.
    void act("catalog.search", { query }).then((found) => {
      if (found === null || useView.getState().query !== text) return;
      const [first, second] = found.tiles;
      if (second !== undefined) onSeveral(query);
      else if (first !== undefined) {
        setView({ query: "" });
        onAdd(first);
      } else if (shopCode.test(code)) sell();
    });
  };
}

function GoodsSearch({ onAdd, onSeveral }: { onAdd(tile: Tile): void; onSeveral(query: string): void }) {
  const words = useWords();
  const query = useView((view) => view.query);
  const submit = useSubmit(onAdd, onSeveral);
  return (
    <SearchField
      className={styles.search ?? ""}
      aria-label={words("goods.search")}
      value={query}
      onChange={(value) => setView({ query: value.slice(0, 100) })}
      onSubmit={submit}
    >
      <div className={styles.field}>
        <Search size={24} aria-hidden />
        <Input className={styles.input ?? ""} placeholder={words("goods.search")} data-search autoComplete="off" />
        {query !== "" && (
          <Key className={styles.clear} icon={X} label={words("goods.clear")} onPress={() => setView({ query: "" })} />
        )}
      </div>
    </SearchField>
  );
}

function CategoryStrip({ chosen }: { chosen: string | null }) {
  const words = useWords();
  const formats = useFormats();
  const { categories } = useSnapshot();
  return (
    <nav className={styles.categories} aria-label={words("goods.categories")}>
      {categories.map((category) => (
        <Button
          key={category.id}
          className={styles.category ?? ""}
          {...(category.id === chosen ? { "aria-current": "true" as const } : {})}
          onPress={() => setView({ category: category.id, query: "" })}
        >
          {formats.name(category.name)}
        </Button>
      ))}
    </nav>
  );
}
