import { ArrowUpFromLine, Check, Download, MessageCircle, X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { SyncEntry, SyncOverview, SyncRow } from "../../../main/contract/manager.ts";
import { classNames } from "../../shared/class-names.ts";
import { Key } from "../../shared/components/key.tsx";
import { MainKey } from "../../shared/components/main-key.tsx";
import { useFormats, useLocale, useWords, type Words } from "../../shared/words/intl.tsx";
import { askOperator } from "../chat/drafts.ts";
import { Done, NotKnownYet, Refusal } from "../parts/outcome.tsx";
import { StateRod } from "../parts/state-rod.tsx";
import { useTimes } from "../parts/use-times.ts";
import { useAction, useTillData, type Action } from "../till.tsx";
import { openSection, setView } from "../view.ts";
import { answerInWords } from "./answer-words.ts";
import styles from "./sync-entry.module.css";
import { wordOfState } from "./sync-filters.tsx";
import { paidByWords } from "./sync-table.tsx";

/** An opened entry: what happened, what is safe, one safe thing to do, whom to ask, and what was sold. */
export function SyncEntryPanel({ seq, overview }: { seq: number; overview: SyncOverview }) {
  const words = useWords();
  const entry = useTillData("sync.entry", { seq });
  const again = useAction("sync.send-again");
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    // In a small window the entry stands above the log; whoever opened it is brought there.
    if (innerWidth <= 900) place.current?.scrollIntoView({ block: "start" });
  }, []);
  const isHeld = entry.data?.row.state === "needs-you";
  return (
    <section
      ref={place}
      className={classNames(styles.panel, isHeld && styles.held)}
      aria-label={words("manager.entry")}
    >
      <button
        type="button"
        className={styles.close}
        aria-label={words("manager.entry-close")}
        onClick={() => setView({ opened: null })}
      >
        <X size={22} aria-hidden />
      </button>
      {entry.data === null ? (
        <NotKnownYet fault={entry.fault} />
      ) : (
        <Opened entry={entry.data} overview={overview} again={again} />
      )}
    </section>
  );
}

function Opened(props: { entry: SyncEntry; overview: SyncOverview; again: Action<"sync.send-again"> }) {
  const { entry, overview, again } = props;
  const { row } = entry;
  const words = useWords();
  const formats = useFormats();
  const times = useTimes();
  const about = useAbout(entry);
  return (
    <>
      <p className={styles.which}>
        {words(row.kind === "refund" ? "manager.entry-refund" : "manager.entry-sale", {
          receipt: row.receiptCode,
          when: times.when(row.madeAt),
          amount: formats.money(row.totalMinor),
          paid: words(paidByWords[row.paidBy]),
        })}
      </p>
      <h2 className={styles.title}>{about.title}</h2>
      <div className={styles.about}>
        {row.state !== "needs-you" && (
          <p className={styles.state}>
            <StateRod state={row.state} />
            {words(wordOfState(row.state))}
          </p>
        )}
        {about.lines.map((line, index) => (
          <p key={line}>
            {line}
            {index === about.lines.length - 1 && about.code !== undefined && (
              <>
                {" "}
                <span className={styles.code}>({about.code})</span>
              </>
            )}
          </p>
        ))}
      </div>
      <ul className={styles.safe}>
        {safeLines(words, row, overview).map((line) => (
          <li key={line}>
            <Check size={20} aria-hidden />
            {line}
          </li>
        ))}
      </ul>
      <SendAgain row={row} again={again} />
      <div className={styles.keys}>
        <Key
          className={styles.key}
          icon={MessageCircle}
          label={words("manager.ask-operator")}
          onPress={() => {
            askOperator(row.receiptCode);
            openSection("chat");
            setView({ thread: "operator" });
          }}
        />
        <Key
          className={styles.key}
          icon={Download}
          label={words("manager.export-entry")}
          onPress={() => downloadEntry(row.seq, entry.text)}
        />
      </div>
      <Lines entry={entry} />
    </>
  );
}

type About = { readonly title: string; readonly lines: readonly string[]; readonly code: string | undefined };

/** What became of the entry: the words of the last answer, and its code for the operator. */
function useAbout({ row, answers }: SyncEntry): About {
  const words = useWords();
  const locale = useLocale();
  const { timeToSecond } = useFormats();
  const times = useTimes();
  const answer = row.answer ?? answers.at(-1);
  const said = answer === undefined ? undefined : answerInWords(words, locale, answer.code);
  const code =
    answer === undefined
      ? undefined
      : words("manager.entry-code", { code: answer.code, when: times.whenToSecond(answer.at) });
  const next = row.nextTryAt === undefined ? [] : [words("manager.next-try", { time: timeToSecond(row.nextTryAt) })];
  switch (row.state) {
    case "needs-you":
      return {
        title: said?.title ?? words("manager.row-held"),
        lines: said?.about === undefined ? [] : [said.about],
        code,
      };
    case "safe":
      return {
        title: words("manager.entry-safe-title"),
        lines: [
          said === undefined ? words("manager.row-not-sent") : words("manager.entry-said", { title: said.title }),
          ...next,
        ],
        code,
      };
    case "on-the-way":
      return { title: words("manager.entry-way-title"), lines: [words("manager.row-on-the-way")], code };
    case "confirmed":
    case "settled": {
      const stored =
        row.arrivedAt === undefined
          ? words("manager.row-stored-untimed")
          : words("manager.row-stored", { time: times.whenToSecond(row.arrivedAt) });
      const title = words(row.state === "settled" ? "manager.entry-settled-title" : "manager.entry-confirmed-title");
      return { title, lines: [stored], code };
    }
  }
}

/** What is safe about this entry, whatever its state: only what is true of it. */
function safeLines(words: Words, row: SyncRow, overview: SyncOverview): string[] {
  const lines = [words(row.kind === "refund" ? "manager.safe-refund" : "manager.safe-sale")];
  switch (row.state) {
    case "needs-you":
      if (overview.arrived > 0) lines.push(words("manager.safe-others", { count: overview.arrived }));
      return lines;
    case "confirmed":
    case "settled":
      return [...lines, words("manager.safe-there")];
    case "safe":
    case "on-the-way":
      return [...lines, words("manager.safe-number")];
  }
}

/** One safe action: the same number again cannot count twice. What has arrived needs none. */
function SendAgain({ row, again }: { row: SyncRow; again: Action<"sync.send-again"> }) {
  const words = useWords();
  if (row.state === "confirmed" || row.state === "settled") {
    return again.isDone ? (
      <Done text={words("manager.sent-arrived")} />
    ) : (
      <p className={styles.nothing}>{words("manager.entry-nothing")}</p>
    );
  }
  return (
    <div className={styles.main}>
      {again.isBusy || row.state === "on-the-way" ? (
        <MainKey kind="busy" title={words("manager.sending")} second={words("manager.send-second")} />
      ) : (
        <MainKey
          kind="press"
          icon={ArrowUpFromLine}
          title={words(row.state === "safe" ? "manager.send-now" : "manager.send-again")}
          second={words("manager.send-second")}
          onPress={() => void again.run({ seq: row.seq })}
        />
      )}
      {again.isDone && row.state === "needs-you" && (
        <p className={styles.still} role="status">
          {words("manager.sent-held")}
        </p>
      )}
      {again.isDone && row.state === "safe" && (
        <p className={styles.still} role="status">
          {words("manager.sent-waiting")}
        </p>
      )}
      {again.fault !== null && <Refusal fault={again.fault} onDismiss={again.clear} />}
    </div>
  );
}

/** Gives the stored text as a file, byte for byte as it was signed and sent. */
function downloadEntry(seq: number, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `entry-${seq}.json`;
  link.click();
  URL.revokeObjectURL(address);
}

function Lines({ entry }: { entry: SyncEntry }) {
  const words = useWords();
  const formats = useFormats();
  if (entry.unread !== undefined) return <p className={styles.sold}>{words("manager.entry-unread")}</p>;
  if (entry.lines.length === 0) return null;
  return (
    <div className={styles.sold}>
      <h3>{words("manager.entry-lines", { count: entry.lines.length })}</h3>
      <ul>
        {entry.lines.map(({ name, totalMinor }, index) => (
          // Lines of a stored entry never change their places.
          // eslint-disable-next-line react/no-array-index-key
          <li key={index}>
            <span>{formats.name(name)}</span>
            <span className={styles.lineAmount}>{formats.column(totalMinor)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.number}>{words("manager.entry-number", { seq: entry.row.seq })}</p>
    </div>
  );
}
