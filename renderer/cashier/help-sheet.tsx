import type { WordKey } from "../shared/words/en.ts";
import { useWords } from "../shared/words/intl.tsx";
import { Sheet } from "./sheet.tsx";
import styles from "./sheets.module.css";

const keys: readonly { cap: string; key: WordKey }[] = [
  { cap: "F1", key: "help.help" },
  { cap: "F2", key: "help.search" },
  { cap: "F3", key: "help.park" },
  { cap: "F4", key: "help.discount" },
  { cap: "F5", key: "help.return" },
  { cap: "F6", key: "help.copy" },
  { cap: "F7", key: "help.line-open" },
  { cap: "F8", key: "help.cash" },
  { cap: "F9", key: "help.main" },
  { cap: "F10", key: "help.receipts" },
  { cap: "⇧ F1", key: "help.more" },
  { cap: "⇧ F8", key: "help.other" },
  { cap: "↑  ↓", key: "help.lines" },
  { cap: "+  −", key: "help.quantity" },
  { cap: "Delete", key: "help.remove" },
  { cap: "Esc", key: "help.back" },
];

/** What the keyboard does, and two things that are not seen at once. */
export function HelpSheet() {
  const words = useWords();
  return (
    <Sheet title={words("help.title")}>
      <div className={styles.text}>
        <p>{words("help.scan")}</p>
        <p>{words("help.line")}</p>
      </div>
      <h2 className={styles.heading}>{words("help.keyboard")}</h2>
      <dl className={styles.rows}>
        {keys.map(({ cap, key }) => (
          <div key={cap} className={styles.row}>
            <dt className={styles.cap}>{cap}</dt>
            <dd>{words(key)}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
