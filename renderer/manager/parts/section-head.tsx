import type { ReactNode } from "react";
import { classNames } from "../../shared/class-names.ts";
import styles from "./section-head.module.css";

/** The headline of a part of the page: what counts, then what needs somebody, then one sentence. Keys stand beside it. */
export function SectionHead(props: {
  title: string;
  /** The part of the headline that asks for somebody. */
  urgent?: string | undefined;
  tone?: "attention" | "error";
  second?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className={styles.head}>
      <div className={styles.words}>
        <h1 className={styles.title}>
          {props.title}
          {props.urgent !== undefined && (
            <>
              {" "}
              <span className={classNames(props.tone === "error" ? styles.error : styles.attention)}>
                {props.urgent}
              </span>
            </>
          )}
        </h1>
        {props.second !== undefined && <p className={styles.second}>{props.second}</p>}
      </div>
      {props.children !== undefined && <div className={styles.keys}>{props.children}</div>}
    </header>
  );
}
