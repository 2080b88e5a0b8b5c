import { CountingFrame } from "../shared/components/counting-frame.tsx";
import { Mark } from "../shared/components/mark.tsx";
import { Twice } from "../customer/twice.tsx";
import { useFormats } from "../shared/words/intl.tsx";
import styles from "./customer-closed.module.css";
import { useStand } from "./recovery-session.tsx";

/** The shopper's display: closed for the moment, and where to pay instead. In both languages, with nothing to touch. */
export function CustomerClosed() {
  const formats = useFormats();
  const { store, state } = useStand();
  return (
    <main className={styles.page}>
      <CountingFrame className={styles.frame} isAtRest />
      <div className={styles.words}>
        <p className={styles.store}>
          <Mark widthPx={56} />
          {store !== undefined && formats.name(store)}
        </p>
        <h1 className={styles.title}>
          <Twice text="recovery.customer-title" />
        </h1>
        <p className={styles.text} role="status">
          <Twice text={state === "done" ? "recovery.opens-again" : "recovery.customer-text"} />
        </p>
      </div>
    </main>
  );
}
