import type { ReactNode } from "react";
import { NumberPad } from "../shared/components/number-pad.tsx";
import { withThousands } from "../shared/number-entry.ts";
import { classNames } from "../shared/class-names.ts";
import { useEntry } from "./entries/use-entry.ts";
import styles from "./entry-sheet.module.css";
import { Sheet } from "./sheet.tsx";
import { useView } from "./view.ts";

/** A number to type: its read-out, what it comes to, and the pad. The main key takes it. */
export function EntrySheet(props: {
  title: string;
  before?: ReactNode;
  /** What stands before and behind the digits: a currency sign, a unit. */
  prefix?: string;
  unit?: string;
  /** What stands while nothing is typed. */
  placeholder: string;
  resultLabel: string;
  result: string;
  /** Keys between the read-out and the pad. */
  above?: ReactNode;
  sideKeys?: readonly [ReactNode, ReactNode];
}) {
  const typed = useView((view) => view.entry);
  const entry = useEntry();
  if (entry === null) return null;
  return (
    <Sheet title={props.title} before={props.before}>
      <div className={styles.readout}>
        <output className={classNames(styles.typed, typed === "" && styles.empty)}>
          {props.prefix}
          {typed === "" ? props.placeholder : withThousands(typed)}
          {props.unit !== undefined && <span className={styles.unit}>{props.unit}</span>}
        </output>
        <span className={styles.result}>
          <span className={styles.label}>{props.resultLabel}</span>
          <span className={styles.amount}>{props.result}</span>
        </span>
      </div>
      {props.above}
      <NumberPad onKey={entry.type} {...(props.sideKeys === undefined ? {} : { sideKeys: props.sideKeys })} />
    </Sheet>
  );
}
