import type { CounterSnapshot } from "../../main/contract/counter.ts";
import { classNames } from "../shared/class-names.ts";
import { useNow } from "../shared/clock.tsx";
import { useWords } from "../shared/words/intl.tsx";
import styles from "./phone.module.css";
import { Qr } from "./qr.tsx";

/** How long a pay code is shown; the rod's full length. */
const codeLifetimeMs = 60_000;

/** A code on the phone, with how long it is still good. */
export function PayCode({ code }: { code: NonNullable<CounterSnapshot["payCode"]> }) {
  const words = useWords();
  const now = useNow(250);
  const leftMs = Math.max(0, code.expiresAt - now);
  const gone = Math.min(1, Math.max(0, 1 - leftMs / codeLifetimeMs));
  const isStale = code.used || leftMs === 0;
  let text = words("counter.code-left");
  if (code.used) text = words("counter.code-used");
  else if (leftMs === 0) text = words("counter.code-old");
  return (
    <>
      <div className={classNames(isStale && styles.stale)}>
        <Qr rows={code.rows} name={words("counter.code-image")} mostPixels={code.rail === "wallet" ? 4 : 8} />
      </div>
      <div className={styles.rod} aria-hidden="true">
        <span className={styles.wire} />
        <span className={styles.run} style={{ width: `${gone * 92}%` }} />
        <span className={styles.bead} style={{ insetInlineStart: `${4 + gone * 88}%` }} />
        <span className={styles.beam} />
      </div>
      <p className={styles.row}>
        <span>{text}</span>
        {!isStale && <strong>{words("counter.seconds", { seconds: Math.ceil(leftMs / 1000) })}</strong>}
      </p>
    </>
  );
}
