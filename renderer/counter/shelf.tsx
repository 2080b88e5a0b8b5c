import { useState } from "react";
import { Button } from "react-aria-components";
import type { CounterSnapshot } from "../../main/contract/counter.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useCounterAct, useCounterSnapshot, useStation } from "./counter.tsx";
import { Panel } from "./panel.tsx";
import styles from "./shelf.module.css";

type Good = CounterSnapshot["goods"][number];

/** Goods drawn at once; a search or a category finds the others. */
const mostGoods = 120;

/** The goods that lie on the counter. Touching one holds it under the scanner. */
export function Shelf() {
  const words = useWords();
  const formats = useFormats();
  const { categories, goods } = useCounterSnapshot();
  const [category, setCategory] = useState("");
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const shown = goods.filter(
    (good) =>
      (category === "" || good.category === category) &&
      (wanted === "" ||
        good.code.includes(wanted) ||
        good.name.en.toLowerCase().includes(wanted) ||
        good.name["zh-CN"].includes(wanted)),
  );
  return (
    <Panel className={styles.shelf} title={words("counter.shelf")}>
      <p className={styles.hint}>{words("counter.shelf-hint")}</p>
      <div className={styles.tools}>
        <input
          className={styles.input}
          type="search"
          aria-label={words("counter.search")}
          placeholder={words("counter.search")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <select
          className={styles.input}
          aria-label={words("goods.categories")}
          value={category}
          onChange={(event) => setCategory(event.target.value)}
        >
          <option value="">{words("counter.all")}</option>
          {categories.map((each) => (
            <option key={each.id} value={each.id}>
              {formats.name(each.name)}
            </option>
          ))}
        </select>
      </div>
      <ul className={styles.goods} aria-label={words("counter.shelf")}>
        {shown.slice(0, mostGoods).map((good) => (
          <li key={good.id}>
            <GoodKey good={good} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function GoodKey({ good }: { good: Good }) {
  const words = useWords();
  const formats = useFormats();
  const act = useCounterAct();
  const { id: station } = useStation();
  const [isMissing, setMissing] = useState(false);
  return (
    <Button className={styles.good ?? ""} onPress={() => void act("scanner.scan-good", { station, goodId: good.id })}>
      {good.picture !== undefined && !isMissing && (
        <img
          className={styles.picture}
          src={`/pictures/${good.picture}`}
          alt=""
          draggable={false}
          loading="lazy"
          onError={() => setMissing(true)}
        />
      )}
      <span className={styles.name}>
        {formats.name(good.name)}
        {good.unit === "kilogram" && <span className={styles.unit}>{words("goods.per-kilogram")}</span>}
        {good.ageMinimum !== undefined && (
          <span className={styles.unit}>{words("counter.age", { age: good.ageMinimum })}</span>
        )}
      </span>
    </Button>
  );
}
