import type { Fault } from "../../../main/contract/errors.ts";
import { wordsOfFault } from "../../../main/contract/words/index.ts";
import { useLocale, useWords } from "../words/intl.tsx";
import { Key } from "./key.tsx";
import { Mark } from "./mark.tsx";
import { BusyRod } from "./rod.tsx";
import styles from "./opening.module.css";

/** What stands in a window before the till has told it anything, or when the till refused the window. */
export function Opening({ fault }: { fault: Fault | null }) {
  const words = useWords();
  const locale = useLocale();
  if (fault === null) {
    return (
      <main className={styles.page}>
        <Mark widthPx={64} />
        <div className={styles.row} role="status">
          <BusyRod />
          <h1 className={styles.title}>{words("opening.title")}</h1>
        </div>
        <div className={styles.text}>
          <p>{words("opening.text")}</p>
        </div>
      </main>
    );
  }
  const { happened, safe, todo } = wordsOfFault(fault, locale);
  return (
    <main className={styles.page}>
      <Mark widthPx={64} />
      <h1 className={styles.title}>{happened}</h1>
      <div className={styles.text} role="alert">
        <p>{safe}</p>
        <p>{todo}</p>
      </div>
      <Key className={styles.reload} label={words("opening.reload")} onPress={() => location.reload()} />
    </main>
  );
}
