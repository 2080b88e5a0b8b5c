import { minorDigits } from "../../sync/protocol/money.ts";
import { classNames } from "../shared/class-names.ts";
import { Key } from "../shared/components/key.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useEntry } from "./entries/use-entry.ts";
import { EntrySheet } from "./entry-sheet.tsx";
import styles from "./entry-sheet.module.css";
import { useSnapshot } from "./till.tsx";
import { changePanel } from "./view.ts";

/** Any amount of cash and its change; or the part that is paid in cash while the wallet pays the rest. */
export function CashPad({ isPart }: { isPart: boolean }) {
  const words = useWords();
  const formats = useFormats();
  const { basket, till } = useSnapshot();
  const entry = useEntry();
  const sign = formats.note(0).replace("0", "");
  const wayKey = (choice: boolean, label: string) => (
    <Key
      key={label}
      className={classNames(styles.side, styles.wordy, isPart === choice && styles.on)}
      label={label}
      isOn={isPart === choice}
      onPress={() => changePanel({ kind: "cash", isPart: choice })}
    />
  );
  const due = isPart ? basket.totalMinor : basket.cash.dueMinor;
  const ready = isPart ? words("part.wallet") : words("cash.change");
  return (
    <EntrySheet
      title={words(isPart ? "part.title" : "cash.title")}
      prefix={sign}
      placeholder={formats.column(0).slice(0, minorDigits(till.currency) === 0 ? 1 : undefined)}
      resultLabel={entry?.isReady === true ? ready : words("cash.due", { amount: formats.money(due) })}
      result={entry?.isReady === true ? formats.money(entry.resultMinor) : "–"}
      sideKeys={[wayKey(false, words("part.all")), wayKey(true, words("part.part"))]}
    />
  );
}
