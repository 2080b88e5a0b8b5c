import { useEffect, useRef, type ReactNode } from "react";
import { X } from "lucide-react";
import { SymbolKey } from "../shared/components/key.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { wordsOfPlatformFault } from "./fault-words.ts";
import styles from "./frame.module.css";
import { usePhone, usePhoneState } from "./phone-context.tsx";

/** The phone: all of a small window, or a phone-sized column in the middle of a large one. */
export function Frame({ children }: { children: ReactNode }) {
  const words = useWords();
  const { fault } = usePhoneState();
  const { dismissFault } = usePhone();
  return (
    <div className={styles.room}>
      <main className={styles.phone}>
        {children}
        {fault !== null && (
          <div className={styles.fault} role="alert">
            <p>{wordsOfPlatformFault(words, fault)}</p>
            <SymbolKey
              className={styles.close}
              symbol={<X size={22} aria-hidden />}
              name={words("notice.close")}
              onPress={dismissFault}
            />
          </div>
        )}
      </main>
    </div>
  );
}

/**
 * The head of a screen: the way back, what the screen is, and one key at the end. The heading takes the focus when the
 * screen comes, so that a screen reader says where one is.
 */
export function ScreenHead(props: {
  title: string;
  second?: string | undefined;
  /** Goes before the title: the way back, the mark. */
  start?: ReactNode;
  end?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // What has the focus already on this screen (a field to write in) keeps it.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className={styles.head}>
      <div className={styles.headWords}>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {props.title}
        </h1>
        {props.second !== undefined && <p className={styles.second}>{props.second}</p>}
      </div>
      {/* Behind the title in the order of the Tab key, because the title has the focus when the screen comes. */}
      {props.start !== undefined && <div className={styles.start}>{props.start}</div>}
      {props.end}
    </header>
  );
}
