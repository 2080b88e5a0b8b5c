import { Delete } from "lucide-react";
import type { EntryKey } from "../shared/number-entry.ts";
import { useWords } from "../shared/words/intl.tsx";
import styles from "./digit-pad.module.css";
import { KioskSymbolKey } from "./kiosk-key.tsx";

const digits: readonly EntryKey[] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Digits in the order of a telephone, which is what shoppers know. */
export function DigitPad(props: { hasPoint: boolean; onKey(key: EntryKey): void }) {
  const words = useWords();
  return (
    <div className={styles.pad}>
      {digits.map((digit) => (
        <KioskSymbolKey
          key={digit}
          className={styles.digit}
          symbol={digit}
          name={digit}
          onPress={() => props.onKey(digit)}
        />
      ))}
      {props.hasPoint ? (
        <KioskSymbolKey
          className={styles.digit}
          symbol="."
          name={words("kiosk.pad-point")}
          onPress={() => props.onKey(".")}
        />
      ) : (
        <span />
      )}
      <KioskSymbolKey className={styles.digit} symbol="0" name="0" onPress={() => props.onKey("0")} />
      <KioskSymbolKey
        className={styles.digit}
        symbol={<Delete className={styles.icon} strokeWidth={1.75} aria-hidden />}
        name={words("kiosk.pad-back")}
        onPress={() => props.onKey("back")}
      />
    </div>
  );
}
