import { CountingFrame } from "../shared/components/counting-frame.tsx";
import { Mark } from "../shared/components/mark.tsx";
import { useTillSessionState, useTillSnapshot } from "../shared/till-session.tsx";
import { useFormats, useLocale, useWords } from "../shared/words/intl.tsx";
import styles from "./customer-page.module.css";
import { Lines } from "./lines.tsx";
import { Sum } from "./sum.tsx";
import { Task } from "./task.tsx";
import { Done } from "./done.tsx";
import { Twice } from "./twice.tsx";

/** What the shopper sees: the goods as they are counted, what they add up to, and what to do now. Nothing to touch. */
export function CustomerPage() {
  const { phase } = useTillSessionState();
  const { outcome, basket, payment } = useTillSnapshot();
  if (phase === "ready" && outcome !== undefined && payment === undefined) return <Done outcome={outcome} />;
  if (phase === "ready" && basket.lines.length === 0 && payment === undefined) return <Idle />;
  return <Counting />;
}

function Idle() {
  const { till } = useTillSnapshot();
  const locale = useLocale();
  const formats = useFormats();
  const other = locale === "en" ? "zh-CN" : "en";
  return (
    <main className={styles.idle}>
      <CountingFrame className={styles.frame} />
      <div className={styles.welcome}>
        <Mark widthPx={72} />
        <h1 className={styles.store}>
          {formats.name(till.store)}
          {till.store[other] !== till.store[locale] && (
            <span className={styles.other} lang={other}>
              {till.store[other]}
            </span>
          )}
        </h1>
        <p className={styles.greeting}>
          <Twice text="customer.welcome" />
        </p>
      </div>
    </main>
  );
}

function Counting() {
  const words = useWords();
  const { till } = useTillSnapshot();
  const formats = useFormats();
  return (
    <div className={styles.page}>
      <main className={styles.work}>
        <h1 className={styles.head}>
          <Mark widthPx={36} />
          {formats.name(till.store)}
          <span className={styles.hidden}>{words("customer.title")}</span>
        </h1>
        <Lines />
      </main>
      <div className={styles.beam} />
      <section className={styles.side} aria-label={words("customer.total")}>
        <Sum />
        <Task />
      </section>
    </div>
  );
}
