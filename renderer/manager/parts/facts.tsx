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

/** A row of figures between two hairlines; wide ones where each has more than a few words about it. */
export function Facts({ facts, isWide }: { facts: readonly Fact[]; isWide?: boolean }) {
  return (
    <div className={styles.band}>
      <dl className={classNames(styles.facts, isWide === true && styles.wide)}>
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
