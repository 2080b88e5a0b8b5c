import { useWords } from "../../shared/words/intl.tsx";
import styles from "./check-rod.module.css";

/** How far a check has come: a bead on its way along the rod to the beam, and the same in numbers. */
export function CheckRod({ done, entries }: { done: number; entries: number }) {
  const words = useWords();
  const share = entries === 0 ? 0 : Math.min(1, done / entries);
  return (
    <div className={styles.place}>
      <div
        className={styles.rod}
        role="progressbar"
        aria-label={words("manager.ledger-running")}
        aria-valuemin={0}
        aria-valuemax={entries}
        aria-valuenow={done}
        aria-valuetext={words("manager.fact-checking-about", { done, entries })}
      >
        <span className={styles.done} style={{ inlineSize: `${share * 100}%` }} />
        <span className={styles.bead} style={{ insetInlineStart: `calc(${share} * (100% - 34px))` }} />
        <span className={styles.beam} />
      </div>
      <p className={styles.words}>{words("manager.fact-checking-about", { done, entries })}</p>
    </div>
  );
}
