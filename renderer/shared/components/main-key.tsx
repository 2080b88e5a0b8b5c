import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { classNames } from "../class-names.ts";
import { BusyRod } from "./rod.tsx";
import styles from "./main-key.module.css";

/** The one next step. `listen` is the same place waiting for a scan: there is nothing to touch but the way back. */
export type MainKeyProps =
  | { kind: "press"; icon: LucideIcon; title: string; second: string; onPress(): void }
  | { kind: "busy"; title: string; second: string }
  | { kind: "listen"; icon: LucideIcon; title: string; second: string; back?: ReactNode };

/** Above so many characters, or digits of an amount, a title is set smaller so that it stays on one line. */
const longTitleCharacters = 22;
const longTitleDigits = 8;

function isLong(title: string): boolean {
  return title.length > longTitleCharacters || title.replaceAll(/\D/g, "").length > longTitleDigits;
}

function Face({ title, second }: { title: string; second: string }) {
  return (
    <span className={styles.words}>
      <span className={classNames(styles.title, isLong(title) && styles.long)}>{title}</span>
      <span className={styles.second}>{second}</span>
    </span>
  );
}

/** The main key: one place, one next step. */
export function MainKey(props: MainKeyProps) {
  if (props.kind === "press") {
    const Icon = props.icon;
    return (
      <Button className={classNames(styles.main, styles.press)} data-shortcut="main" onPress={props.onPress}>
        <Icon size={36} strokeWidth={2} aria-hidden />
        <Face title={props.title} second={props.second} />
      </Button>
    );
  }
  if (props.kind === "busy") {
    return (
      <div className={classNames(styles.main, styles.busy)} role="status">
        <BusyRod />
        <Face title={props.title} second={props.second} />
      </div>
    );
  }
  const Icon = props.icon;
  return (
    <div className={classNames(styles.main, styles.listen, props.back !== undefined && styles.withBack)}>
      <Icon size={36} strokeWidth={2} aria-hidden />
      <div role="status">
        <Face title={props.title} second={props.second} />
      </div>
      {props.back}
    </div>
  );
}
