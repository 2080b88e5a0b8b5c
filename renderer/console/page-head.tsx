import type { ReactNode } from "react";
import styles from "./page.module.css";

/** The headline of a part: what counts, what needs somebody, and a second line. */
export function PageHead(props: { title: string; needs?: string | undefined; second?: string; children?: ReactNode }) {
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>
        {props.title}
        {props.needs !== undefined && <span className={styles.needs}> {props.needs}</span>}
      </h1>
      {props.second !== undefined && <p className={styles.second}>{props.second}</p>}
      {props.children}
    </header>
  );
}

/** A table that scrolls in its place and can be reached by the keyboard. */
export function ScrollTable({ name, children }: { name: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.scroll} tabIndex={0} aria-label={name}>
      <table className={styles.table}>{children}</table>
    </section>
  );
}
