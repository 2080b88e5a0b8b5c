import { useId, type ReactNode } from "react";
import { classNames } from "../shared/class-names.ts";
import { Key } from "../shared/components/key.tsx";
import styles from "./panel.module.css";

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

/** One of several states, each with a key; the one in force is marked. */
export function Choices<T extends string>(props: {
  label: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChoose(value: T): void;
}) {
  return (
    <>
      <span className={styles.label}>{props.label}</span>
      <div className={styles.choices} role="group" aria-label={props.label}>
        {props.choices.map((choice) => (
          <Key
            key={choice.value}
            className={classNames(styles.choice, choice.value === props.value && styles.on)}
            label={choice.label}
            isOn={choice.value === props.value}
            onPress={() => props.onChoose(choice.value)}
          />
        ))}
      </div>
    </>
  );
}
