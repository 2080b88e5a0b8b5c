import { X } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { Key } from "../shared/components/key.tsx";
import { useWords } from "../shared/words/intl.tsx";
import styles from "./sheet.module.css";
import { returnFocus } from "./focus-return.ts";
import { closePanel } from "./view.ts";

/**
 * Fills the left side and leaves the bill in view. It takes the focus when it opens and gives it back when it closes;
 * Escape closes it (see the shortcuts).
 */
export function Sheet({ title, before, children }: { title: string; before?: ReactNode; children: ReactNode }) {
  const words = useWords();
  const place = useRef<HTMLElement>(null);
  const titleId = useId();
  useEffect(() => {
    place.current?.focus({ preventScroll: true });
    return returnFocus;
  }, []);
  return (
    <section ref={place} data-sheet className={styles.sheet} tabIndex={-1} aria-labelledby={titleId}>
      <div className={styles.head}>
        {before}
        <h1 id={titleId} className={styles.title}>
          {title}
        </h1>
        <Key className={styles.close} icon={X} label={words("sheet.close")} onPress={closePanel} />
      </div>
      {children}
    </section>
  );
}
