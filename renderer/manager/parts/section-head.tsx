import type { ReactNode } from "react";
import { classNames } from "../../shared/class-names.ts";
import { useLocale } from "../../shared/words/intl.tsx";
import styles from "./section-head.module.css";

/** The headline of a part of the page: what counts, then what needs somebody, then one sentence. Keys stand beside it. */
export function SectionHead(props: {
  title: string;
  /** The part of the headline that asks for somebody. */
  urgent?: string | undefined;
  tone?: "attention" | "error";
  second?: ReactNode;
  /** 2 where the page has a heading above it. */
  level?: 1 | 2;
  children?: ReactNode;
}) {
  const locale = useLocale();
  const Heading = props.level === 2 ? "h2" : "h1";
  return (
    <header className={styles.head}>
      <div className={styles.words}>
        <Heading className={styles.title}>
          {props.title}
          {props.urgent !== undefined && (
            <>
              {locale === "en" && " "}
              <span className={classNames(props.tone === "error" ? styles.error : styles.attention)}>
                {props.urgent}
              </span>
            </>
          )}
        </Heading>
        {props.second !== undefined && <p className={styles.second}>{props.second}</p>}
      </div>
      {props.children !== undefined && <div className={styles.keys}>{props.children}</div>}
    </header>
  );
}
