import type { ReactNode } from "react";
import { classNames } from "../shared/class-names.ts";
import { BusyRod } from "../shared/components/rod.tsx";
import { Press } from "./press.tsx";
import styles from "./rows.module.css";

/** A list of rows: a band as wide as the phone, or a card with the phone's margin around it. */
export function Rows({ look, children }: { look: "band" | "card"; children: ReactNode }) {
  return <ul className={classNames(styles.rows, styles[look])}>{children}</ul>;
}

/** One row of a list. It can be touched where it leads somewhere. What stands where on it is its caller's. */
export function Row(props: { className: string | undefined; onPress?: (() => void) | undefined; children: ReactNode }) {
  const { onPress } = props;
  const className = classNames(styles.row, props.className);
  return (
    <li>
      {onPress === undefined ? (
        <div className={className}>{props.children}</div>
      ) : (
        <Press className={className} onPress={onPress}>
          {props.children}
        </Press>
      )}
    </li>
  );
}

/** Says what is being asked for, where the rows will stand. */
export function WaitingForRows({ children }: { children: ReactNode }) {
  return (
    <div className={styles.waiting} role="status">
      <BusyRod />
      {children}
    </div>
  );
}

/** Says that there are no rows, and why. */
export function NoRows({ children }: { children: ReactNode }) {
  return <div className={styles.none}>{children}</div>;
}
