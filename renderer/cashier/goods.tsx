import { Search, X } from "lucide-react";
import { Button, Input, SearchField } from "react-aria-components";
import type { Tile } from "../../main/contract/snapshot.ts";
import { Key } from "../shared/components/key.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { FunctionRow } from "./function-row.tsx";
import { GoodsTile } from "./goods-tile.tsx";
import styles from "./goods.module.css";
import { Notices } from "./notices.tsx";
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
  const tiles = useTiles(category, query);
  const isSearching = query.trim() !== "";
  const add = useAdd();
  return (
    <div className={styles.goods}>
      <GoodsSearch tiles={isSearching ? tiles : []} onAdd={add} />
      <CategoryStrip chosen={isSearching ? null : category} />
      <div className={styles.shelf}>
        {isSearching && (
          <p className={styles.found} role="status">
            {words("goods.found", { count: tiles.length })}
          </p>
        )}
        <ul className={styles.tiles} aria-label={words("goods.shelf")}>
          {tiles.map((tile) => (
            <li key={tile.itemId}>
              <GoodsTile tile={tile} onPress={() => add(tile)} />
            </li>
          ))}
        </ul>
      </div>
      <Notices className={styles.notice} form="full" />
      <FunctionRow className={styles.functions} />
    </div>
  );
}

/** Puts a good into the basket; one that is sold by weight asks for its weight first. */
function useAdd(): (tile: Tile) => void {
  const act = useAct();
  return (tile) => {
    if (tile.unit === "kilogram") openPanel({ kind: "weight", tile });
    else {
      setView({ selectedLineId: null, query: "" });
      void act("basket.add", { itemId: tile.itemId });
    }
  };
}

function GoodsSearch({ tiles, onAdd }: { tiles: readonly Tile[]; onAdd(tile: Tile): void }) {
  const words = useWords();
  const act = useAct();
  const query = useView((view) => view.query);
  const submit = (text: string) => {
    const code = text.replaceAll(" ", "");
    const [only] = tiles;
    if (only !== undefined && tiles.length === 1) onAdd(only);
    else if (/^\d{4,}$/.test(code)) void act("basket.scan", { text: code, source: "typed" });
    else return;
    setView({ query: "" });
  };
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
