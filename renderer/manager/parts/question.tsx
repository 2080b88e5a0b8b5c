import { useEffect, useId, useRef, type ReactNode } from "react";
import { Key } from "../../shared/components/key.tsx";
import styles from "./question.module.css";

/**
 * Asks before something that cannot be taken back: what happens, line by line, and two keys. It takes the focus, so that
 * the keyboard and a screen reader are where the question is; Escape says no.
 */
export function Question(props: {
  title: string;
  lines: readonly string[];
  yes: string;
  yesSecond?: string;
  no: string;
  isBusy?: boolean;
  busy?: string;
  children?: ReactNode;
  onYes(): void;
  onNo(): void;
}) {
  const place = useRef<HTMLElement>(null);
  const titleId = useId();
  useEffect(() => place.current?.focus(), []);
  return (
    // The question itself hears Escape, wherever in it the focus is.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={place}
      className={styles.question}
      tabIndex={-1}
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        if (event.key === "Escape") props.onNo();
      }}
    >
      <h2 id={titleId} className={styles.title}>
        {props.title}
      </h2>
      {props.children}
      <ul className={styles.lines}>
        {props.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <div className={styles.keys}>
        <Key
          className={styles.yes}
          label={props.isBusy === true && props.busy !== undefined ? props.busy : props.yes}
          second={props.yesSecond}
          onPress={props.onYes}
        />
        <Key className={styles.no} label={props.no} onPress={props.onNo} />
      </div>
    </section>
  );
}
