import { wordsOfFault } from "../../main/contract/words/index.ts";
import { classNames } from "../shared/class-names.ts";
import { NumberPad } from "../shared/components/number-pad.tsx";
import { Notice } from "../shared/components/notice.tsx";
import { useLocale, useWords } from "../shared/words/intl.tsx";
import styles from "./pin-sheet.module.css";
import type { PinPad } from "./use-pin-pad.ts";
import { Band } from "./what-happened.tsx";
import { useView } from "./view.ts";

/** A manager lets the shop open with a PIN. Nothing of it is shown but how long it is. */
export function PinSheet({ pad }: { pad: PinPad }) {
  const words = useWords();
  const locale = useLocale();
  const fault = useView((view) => view.fault);
  return (
    <>
      <Band isDone={false} />
      <div className={styles.body}>
        <h1 tabIndex={-1} className={styles.title}>
          {words("recovery.pin-title")}
        </h1>
        {fault === null ? (
          <p className={styles.text}>{words("recovery.pin-text")}</p>
        ) : (
          <Notice tone="attention" form="compact" className={styles.notice} {...wordsOfFault(fault, locale)} />
        )}
        <output
          className={classNames(styles.readout, fault !== null && styles.close)}
          aria-label={words("recovery.pin-typed", { count: pad.digits })}
        >
          {Array.from({ length: pad.places }, (_, index) => (
            <span key={index} className={classNames(styles.dot, index < pad.digits && styles.filled)} />
          ))}
        </output>
        <NumberPad form="digits" onKey={pad.type} />
      </div>
    </>
  );
}
