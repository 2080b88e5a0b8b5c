import type { ReactNode } from "react";
import { classNames } from "../../shared/class-names.ts";
import styles from "./facts.module.css";

/** One figure: what it is, how much, and a line about it. */
export type Fact = {
  readonly label: string;
  readonly value: ReactNode;
  readonly about?: ReactNode;
  readonly tone?: "attention" | "error" | "wait" | undefined;
};

/** A row of figures between two hairlines. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <div className={styles.band}>
      <dl className={styles.facts}>
        {facts.map(({ label, value, about, tone }) => (
          <div key={label} className={styles.fact}>
            <dt className={styles.label}>{label}</dt>
            <dd className={classNames(styles.value, tone !== undefined && styles[tone])}>{value}</dd>
            {about !== undefined && <dd className={styles.about}>{about}</dd>}
          </div>
        ))}
      </dl>
    </div>
  );
}
