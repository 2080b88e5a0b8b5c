import { MessageCircle } from "lucide-react";
import type { NeedsYouEntry } from "../../sync/protocol/operator-api.ts";
import { Key } from "../shared/components/key.tsx";
import { BusyRod } from "../shared/components/rod.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { answerInWords } from "./answer-words.ts";
import { useDeskState, useGoTo, useOverview } from "./desk-context.tsx";
import styles from "./needs-page.module.css";
import { PageHead } from "./page-head.tsx";
import page from "./page.module.css";
import { StateBead } from "./state-bead.tsx";
import { useConsoleFormats } from "./use-console-formats.ts";

/** Entries that somebody has to look at, each with what is the matter in words. */
export function NeedsPage() {
  const words = useWords();
  const { needs } = useDeskState();
  if (needs === null) {
    return (
      <div className={page.none} role="status">
        <BusyRod />
      </div>
    );
  }
  const { count, entries } = needs;
  return (
    <>
      <PageHead
        title={words("console.needs-title", { count })}
        second={words(count === 0 ? "console.needs-none" : "console.needs-second")}
      />
      <div className={page.beam} />
      {count > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <section className={page.scroll} tabIndex={0} aria-label={words("console.needs")}>
          <ul className={styles.list}>
            {entries.map((entry) => (
              <li key={`${entry.ledger} ${entry.seq}`} className={styles.entry}>
                <Entry entry={entry} />
              </li>
            ))}
          </ul>
          {entries.length < count && (
            <p className={styles.more}>{words("console.needs-more", { shown: entries.length, count })}</p>
          )}
        </section>
      )}
    </>
  );
}

function Entry({ entry }: { entry: NeedsYouEntry }) {
  const words = useWords();
  const formats = useConsoleFormats();
  const go = useGoTo();
  const { threads } = useDeskState();
  const { time, stores } = useOverview();
  const { sale, seq, tillNumber } = entry;
  const store = stores.find(({ storeId }) => storeId === entry.storeId);
  const shop = store === undefined ? entry.storeId : formats.name(store.name);
  const thread = threads?.find(({ storeId }) => storeId === entry.storeId);
  let what = words("console.needs-entry", { seq });
  if (sale !== undefined) {
    const values = { receipt: sale.receiptCode, amount: formats.money(sale.totalMinor, sale.currency) };
    what = sale.kind === "sale" ? words("console.needs-sale", values) : words("console.needs-refund", values);
  }
  const about = sale?.receiptCode ?? words("console.about-entry", { seq, number: tillNumber });
  return (
    <>
      <StateBead place="stopped" />
      <div className={styles.what}>
        <h2 className={styles.title}>{answerInWords(words, entry.code)}</h2>
        <p>{what}</p>
        <p className={styles.second}>
          {words("console.needs-where", { number: tillNumber, shop })} · {words("console.needs-entry", { seq })} ·{" "}
          {formats.when(entry.at, time)} · <span className={styles.code}>{entry.code}</span>
        </p>
      </div>
      {thread !== undefined && (
        <Key
          className={styles.ask}
          icon={MessageCircle}
          label={words("console.ask-shop")}
          onPress={() => go({ section: "chat", threadId: thread.threadId, about })}
        />
      )}
    </>
  );
}
