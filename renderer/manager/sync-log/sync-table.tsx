import { useState, type KeyboardEvent } from "react";
import type { SyncRow } from "../../../main/contract/manager.ts";
import { classNames } from "../../shared/class-names.ts";
import { Key } from "../../shared/components/key.tsx";
import type { WordKey } from "../../shared/words/en.ts";
import { useFormats, useLocale, useWords, type Words } from "../../shared/words/intl.tsx";
import { NotKnownYet } from "../parts/outcome.tsx";
import { StateRod } from "../parts/state-rod.tsx";
import { useTimes } from "../parts/use-times.ts";
import { useTillData } from "../till.tsx";
import { setView, useView, type View } from "../view.ts";
import { rowAnswer } from "./row-answer.ts";
import { wordOfState } from "./sync-filters.tsx";
import styles from "./sync-table.module.css";

/** The till gives so many rows at once. */
const pageRows = 100;

/** How a sale was paid, in a word. */
export const paidByWords: Readonly<Record<SyncRow["paidBy"], WordKey>> = {
  cash: "manager.paid-cash",
  wallet: "manager.paid-wallet",
  mixed: "manager.paid-mixed",
};

/** The log: one row for each sale and refund, worst first, then the newest. A row opens its entry. */
export function SyncTable({ openedSeq }: { openedSeq: number | null }) {
  const words = useWords();
  const filter = useView((view) => view.filter);
  const query = useView((view) => view.query)?.trim() ?? "";
  const skip = useView((view) => view.skip);
  const log = useTillData("sync.log", {
    ...(filter === null ? {} : { state: filter }),
    ...(query === "" ? {} : { query }),
    ...(skip === 0 ? {} : { skip }),
  });
  const [focused, setFocused] = useState<number | null>(null);
  const shown = log.data?.rows ?? [];
  const reachable = shown.find(({ seq }) => seq === (focused ?? openedSeq))?.seq ?? shown[0]?.seq;
  return (
    // What scrolls is itself reached by the keyboard, also where it has no rows.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.scroll} tabIndex={shown.length === 0 ? 0 : undefined}>
      <div role="table" aria-label={words("manager.log")} className={styles.table}>
        <Columns />
        <div role="rowgroup">
          {shown.map((row) => (
            <Row
              key={row.seq}
              row={row}
              isOpen={row.seq === openedSeq}
              isReachable={row.seq === reachable}
              onFocus={() => setFocused(row.seq)}
            />
          ))}
        </div>
      </div>
      {log.data === null && <NotKnownYet fault={log.fault} />}
      {log.data !== null && shown.length === 0 && <p className={styles.empty}>{emptyWords(words, filter, query)}</p>}
      {log.data !== null && (skip > 0 || log.data.more) && (
        <Paging skip={skip} count={shown.length} more={log.data.more} />
      )}
    </div>
  );
}

function emptyWords(words: Words, filter: View["filter"], query: string): string {
  if (query !== "") return words("manager.log-not-found", { query });
  return words(filter === null ? "manager.log-empty" : "manager.log-empty-filter");
}

/** Arrow keys, Home and End walk over the rows, so that Tab leaves the log at once. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const table = event.currentTarget.closest('[role="table"]');
  const rows = [...(table?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
  const index = rows.indexOf(event.currentTarget);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    Home: 0,
    End: rows.length - 1,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  rows[target]?.focus();
}

function Columns() {
  const words = useWords();
  return (
    <div role="rowgroup" className={styles.heads}>
      <div role="row" className={classNames(styles.row, styles.head)}>
        <span role="columnheader" className={styles.state}>
          {words("manager.column-state")}
        </span>
        <span role="columnheader" className={styles.receipt}>
          {words("manager.column-receipt")}
        </span>
        <span role="columnheader" className={styles.made}>
          {words("manager.column-made")}
        </span>
        <span role="columnheader" className={styles.amount}>
          {words("manager.column-amount")}
        </span>
        <span role="columnheader" className={styles.paidBy}>
          {words("manager.column-paid-by")}
        </span>
        <span role="columnheader" className={styles.tries}>
          {words("manager.column-tries")}
        </span>
        <span role="columnheader" className={styles.answer}>
          {words("manager.column-answer")}
        </span>
      </div>
    </div>
  );
}

function Row(props: { row: SyncRow; isOpen: boolean; isReachable: boolean; onFocus(): void }) {
  const { row, isOpen } = props;
  const words = useWords();
  const locale = useLocale();
  const formats = useFormats();
  const times = useTimes();
  return (
    <div
      role="row"
      className={classNames(styles.row, styles.body, row.state === "needs-you" && styles.held, isOpen && styles.open)}
    >
      <span role="cell" className={styles.state}>
        <StateRod state={row.state} />
        <span className={styles.word}>{words(wordOfState(row.state))}</span>
      </span>
      <span role="cell" className={styles.receipt}>
        <button
          type="button"
          data-row
          className={styles.opener}
          tabIndex={props.isReachable ? 0 : -1}
          aria-expanded={isOpen}
          aria-label={words("manager.open-entry", { receipt: row.receiptCode })}
          onFocus={props.onFocus}
          onKeyDown={moveFocus}
          onClick={() => setView({ opened: row.seq })}
        >
          {row.receiptCode}
        </button>
      </span>
      <span role="cell" className={styles.made}>
        {times.when(row.madeAt)}
      </span>
      <span role="cell" className={styles.amount}>
        {formats.money(row.totalMinor)}
      </span>
      <span role="cell" className={styles.paidBy}>
        {words(row.kind === "refund" ? "manager.paid-refund" : paidByWords[row.paidBy])}
      </span>
      <span role="cell" className={styles.tries}>
        {row.tries}
      </span>
      <span role="cell" className={styles.answer}>
        {rowAnswer(row, { words, locale, times, formats })}
      </span>
    </div>
  );
}

function Paging({ skip, count, more }: { skip: number; count: number; more: boolean }) {
  const words = useWords();
  return (
    <div className={styles.paging}>
      <p>{words("manager.page-range", { from: count === 0 ? skip : skip + 1, to: skip + count })}</p>
      {skip > 0 && (
        <Key
          className={styles.pageKey}
          label={words("manager.page-before")}
          onPress={() => setView({ skip: Math.max(0, skip - pageRows) })}
        />
      )}
      {more && (
        <Key
          className={styles.pageKey}
          label={words("manager.page-after")}
          onPress={() => setView({ skip: skip + pageRows })}
        />
      )}
    </div>
  );
}
