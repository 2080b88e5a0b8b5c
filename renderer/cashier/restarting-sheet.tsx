import { BusyRod } from "../shared/components/rod.tsx";
import { useWords } from "../shared/words/intl.tsx";
import styles from "./restarting-sheet.module.css";

/** The line to the till is down and the page tries again by itself. The bill shows what the till told last. */
export function RestartingSheet() {
  const words = useWords();
  return (
    <section className={styles.sheet} role="status">
      <h1 className={styles.title}>
        <BusyRod />
        {words("restarting.title")}
      </h1>
      <div className={styles.text}>
        <p>{words("restarting.safe")}</p>
        <p>{words("restarting.todo")}</p>
      </div>
    </section>
  );
}
