import { Hourglass } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { KioskMainKey } from "./kiosk-key.tsx";
import styles from "./more-time.module.css";
import { usePatienceState, useWait } from "./use-patience.ts";

/** Asks before anything ends. Any touch, key or scan is an answer, so that nobody has to find the key. */
export function MoreTime() {
  const isAsked = usePatienceState((state) => state.patience.askedMs !== null);
  const wait = useWait(isAsked);
  return wait.kind === "asking" ? <Question leftMs={wait.leftMs} ofMs={wait.ofMs} /> : null;
}

function Question({ leftMs, ofMs }: { leftMs: number; ofMs: number }) {
  const words = useWords();
  const { basket } = useTillSnapshot();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    place.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const seconds = Math.ceil(leftMs / 1000);
  const text = basket.lines.length === 0 ? "kiosk.time-text-empty" : "kiosk.time-text";
  return (
    <div className={styles.veil}>
      <div
        ref={place}
        className={styles.sheet}
        role="alertdialog"
        aria-modal="true"
        aria-labelledby="more-time"
        tabIndex={-1}
      >
        <Hourglass className={styles.icon} strokeWidth={1.6} aria-hidden />
        <h2 id="more-time" className={styles.title}>
          {words("kiosk.time-title")}
        </h2>
        <p className={styles.text}>{words(text, { seconds })}</p>
        <span className={styles.rod} aria-hidden="true">
          <span className={styles.bead} style={{ insetInlineStart: `${Math.round((1 - leftMs / ofMs) * 100)}%` }} />
        </span>
        <KioskMainKey title={words("kiosk.time-key")} second={words("kiosk.time-key-second")} onPress={() => {}} />
      </div>
    </div>
  );
}
