import { Search, X } from "lucide-react";
import type { Arrival, SyncOverview } from "../../../main/contract/manager.ts";
import type { WordKey } from "../../shared/words/en.ts";
import { useWords } from "../../shared/words/intl.tsx";
import { StateRod } from "../parts/state-rod.tsx";
import { setView, useView } from "../view.ts";
import styles from "./sync-filters.module.css";

const states: readonly { state: Arrival; key: WordKey; count: WordKey }[] = [
  { state: "needs-you", key: "manager.state-needs-you", count: "manager.filter-needs-you" },
  { state: "safe", key: "manager.state-safe", count: "manager.filter-safe" },
  { state: "on-the-way", key: "manager.state-on-the-way", count: "manager.filter-on-the-way" },
  { state: "confirmed", key: "manager.state-confirmed", count: "manager.filter-confirmed" },
  { state: "settled", key: "manager.state-settled", count: "manager.filter-settled" },
];

/** The word of a state, the same in the filters, in the rows and in the opened entry. */
export function wordOfState(state: Arrival): WordKey {
  return states.find((each) => each.state === state)?.key ?? "manager.state-safe";
}

/** The longest receipt number somebody may look for; the contract takes no more. */
const mostQueryCharacters = 32;

/** The filters of the log, which are also its legend: each state with its bead, its word and its count. */
export function SyncFilters({ overview }: { overview: SyncOverview }) {
  const words = useWords();
  const filter = useView((view) => view.filter);
  const query = useView((view) => view.query);
  const all = states.reduce((sum, { state }) => sum + overview.counts[state], 0);
  const choose = (next: Arrival | null) => setView({ filter: next, skip: 0 });
  if (query !== null) return <SearchField query={query} />;
  return (
    <div className={styles.bar}>
      <div className={styles.filters} role="group" aria-label={words("manager.filters")}>
        <button type="button" className={styles.filter} aria-pressed={filter === null} onClick={() => choose(null)}>
          <span className={styles.word}>{words("manager.filter-all", { count: all })}</span>
        </button>
        {states.map(({ state, count }) => (
          <button
            key={state}
            type="button"
            className={styles.filter}
            aria-pressed={filter === state}
            onClick={() => choose(filter === state ? null : state)}
          >
            <StateRod state={state} />
            <span className={styles.word}>{words(count, { count: overview.counts[state] })}</span>
          </button>
        ))}
      </div>
      <button
        type="button"
        className={styles.search}
        aria-label={words("manager.search")}
        onClick={() => setView({ query: "" })}
      >
        <Search size={22} aria-hidden />
      </button>
    </div>
  );
}

function SearchField({ query }: { query: string }) {
  const words = useWords();
  const close = () => setView({ query: null, skip: 0 });
  return (
    <div className={styles.bar}>
      <label className={styles.field}>
        <Search size={22} aria-hidden />
        <span className={styles.hidden}>{words("manager.search")}</span>
        <input
          type="search"
          // The key that was pressed said that the next thing is to type.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          value={query}
          maxLength={mostQueryCharacters}
          placeholder={words("manager.search-hint")}
          onChange={(event) => setView({ query: event.target.value, skip: 0 })}
          onKeyDown={(event) => {
            if (event.key === "Escape") close();
          }}
        />
      </label>
      <button type="button" className={styles.search} aria-label={words("manager.search-close")} onClick={close}>
        <X size={22} aria-hidden />
      </button>
    </div>
  );
}
