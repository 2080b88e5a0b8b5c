import { useId, type ReactNode } from "react";
import { classNames } from "../shared/class-names.ts";
import styles from "./panel.module.css";
import { Switch } from "./switch.tsx";

/** A thing on the counter: its name, its state in words, what can be done with it. */
export function Panel(props: {
  title: string;
  state?: string;
  needsPerson?: boolean;
  className?: string | undefined;
  /** Everything in one row. */
  isSlim?: boolean;
  children: ReactNode;
}) {
  const titleId = useId();
  return (
    <section
      className={classNames(styles.panel, props.isSlim === true && styles.slim, props.className)}
      aria-labelledby={titleId}
    >
      <div className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          {props.title}
        </h2>
        {props.state !== undefined && (
          <span className={classNames(styles.state, props.needsPerson === true && styles.attention)}>
            {props.state}
          </span>
        )}
      </div>
      {props.children}
    </section>
  );
}

/** One of several states, named at its start, each with a key; the one in force is marked. */
export function Choices<T extends string>(props: {
  label: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChoose(value: NoInfer<T>): void;
}) {
  return (
    <>
      <span className={styles.label}>{props.label}</span>
      <Switch isTight {...props} />
    </>
  );
}
