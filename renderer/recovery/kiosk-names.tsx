import { Mark } from "../shared/components/mark.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./kiosk-closed.module.css";
import { useStand } from "./recovery-session.tsx";

/** The shop's name, and which kiosk this is. */
export function KioskNames() {
  const words = useWords();
  const formats = useFormats();
  const { tillNumber, store } = useStand();
  return (
    <header className={styles.names}>
      <Mark widthPx={60} />
      <span className={styles.store}>{store !== undefined && formats.name(store)}</span>
      {tillNumber !== undefined && <span>{words("kiosk.number", { number: tillNumber })}</span>}
    </header>
  );
}
