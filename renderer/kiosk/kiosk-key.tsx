import type { ComponentType, ReactNode } from "react";
import { Button } from "react-aria-components";
import { classNames } from "../shared/class-names.ts";
import { BusyRod } from "../shared/components/rod.tsx";
import styles from "./kiosk-key.module.css";
import { setView } from "./view.ts";

/** An icon of lucide, or one that is drawn like them. */
export type Icon = ComponentType<{
  className?: string | undefined;
  strokeWidth?: string | number | undefined;
  "aria-hidden"?: boolean;
}>;

/** A key of the kiosk. `reason` says why it cannot be used now; it stays in reach and says so aloud. */
export type KioskKeyProps = {
  label: ReactNode;
  second?: ReactNode;
  icon?: Icon | undefined;
  picture?: ReactNode;
  /** What a screen reader says, where the face alone would not do. */
  name?: string | undefined;
  reason?: string | undefined;
  isOn?: boolean | undefined;
  /** Icon above the words where the key is narrow. */
  isStacked?: boolean;
  className?: string | undefined;
  onPress(): void;
};

/** A rectangle to touch, in the sizes of a kiosk. */
export function KioskKey(props: KioskKeyProps) {
  const { label, second, icon: Icon, reason } = props;
  const isOff = reason !== undefined;
  return (
    <Button
      className={classNames(styles.key, props.isStacked === true && styles.stacked, props.className)}
      aria-disabled={isOff}
      {...(props.name === undefined ? {} : { "aria-label": props.name })}
      {...(props.isOn === undefined ? {} : { "aria-pressed": props.isOn })}
      onPress={() => (isOff ? setView({ reason }) : props.onPress())}
    >
      {props.picture}
      {Icon !== undefined && <Icon className={styles.icon} strokeWidth={1.75} aria-hidden />}
      {label !== "" && (
        <span className={styles.words}>
          <span className={styles.label}>{label}</span>
          {second !== undefined && <span className={styles.second}>{second}</span>}
        </span>
      )}
    </Button>
  );
}

/** A key with a symbol on it (− + or a digit) and a spoken name. */
export function KioskSymbolKey(props: {
  symbol: ReactNode;
  name: string;
  className?: string | undefined;
  onPress(): void;
}) {
  return (
    <Button
      className={classNames(styles.key, styles.symbol, props.className)}
      aria-label={props.name}
      onPress={props.onPress}
    >
      {props.symbol}
    </Button>
  );
}

/** The one next step. `busy` is the same place while something is waited for. */
export type KioskMainKeyProps =
  | { kind?: "press"; icon?: Icon; title: string; second: string; onPress(): void; reason?: string | undefined }
  | { kind: "busy"; title: string; second: string };

/** The main key: one place, one next step. */
export function KioskMainKey(props: KioskMainKeyProps) {
  const words = (
    <span className={styles.words}>
      <span className={classNames(styles.title, props.title.length > longTitle && styles.long)}>{props.title}</span>
      <span className={styles.mainSecond}>{props.second}</span>
    </span>
  );
  if (props.kind === "busy") {
    return (
      <div className={classNames(styles.main, styles.busy)} role="status">
        <BusyRod />
        {words}
      </div>
    );
  }
  const { icon: Icon, reason } = props;
  const isOff = reason !== undefined;
  return (
    <Button
      className={classNames(styles.main, styles.press)}
      aria-disabled={isOff}
      onPress={() => (isOff ? setView({ reason }) : props.onPress())}
    >
      {Icon !== undefined && <Icon className={styles.mainIcon} strokeWidth={1.6} aria-hidden />}
      {words}
    </Button>
  );
}

/** A title with more characters is set smaller, so that it stays on one line. */
const longTitle = 16;
