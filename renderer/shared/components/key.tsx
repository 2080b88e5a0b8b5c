import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { classNames } from "../class-names.ts";
import styles from "./key.module.css";

/** A key: its face, and why it cannot be used now, where it cannot. */
export type KeyProps = {
  label: string;
  /** The second line. Where a key cannot be used, the reason takes its place. */
  second?: string | undefined;
  icon?: LucideIcon | undefined;
  /** Puts the icon above the words instead of before them. */
  isStacked?: boolean;
  /** What a screen reader says, where the face alone would not do. */
  name?: string | undefined;
  /** Why the key cannot be used now. It stays in reach, and a touch says this. */
  reason?: string | undefined;
  onPress(): void;
  /** Hears the reason when a key that cannot be used is touched. */
  onReason?: ((reason: string) => void) | undefined;
  className?: string | undefined;
  /** The name by which the keyboard finds this key. */
  shortcut?: string | undefined;
  /** Says which of several choices is the one in force. */
  isOn?: boolean | undefined;
};

/** A rectangle to touch. It has a lip, goes down with the finger, and says in words why it cannot be used. */
export function Key(props: KeyProps) {
  const { label, second, icon: Icon, reason } = props;
  const isOff = reason !== undefined;
  return (
    <Button
      // A key is what it says, also where a field around it would make its first button one of its own.
      slot={null}
      className={classNames(styles.key, props.isStacked === true && styles.stack, props.className)}
      aria-disabled={isOff}
      {...(props.name === undefined ? {} : { "aria-label": props.name })}
      {...(props.isOn === undefined ? {} : { "aria-pressed": props.isOn })}
      {...(props.shortcut === undefined ? {} : { "data-shortcut": props.shortcut })}
      onPress={() => (isOff ? props.onReason?.(reason) : props.onPress())}
    >
      {Icon !== undefined && !(isOff && props.isStacked === true) && <Icon size={24} aria-hidden />}
      <span className={styles.words}>
        <span className={styles.label}>{label}</span>
        {(second !== undefined || isOff) && <span className={styles.second}>{reason ?? second}</span>}
      </span>
    </Button>
  );
}

/** A key with a symbol on it (− + ×) and a spoken name. */
export function SymbolKey(props: {
  symbol: ReactNode;
  name: string;
  shortcut?: string | undefined;
  onPress(): void;
  className?: string | undefined;
}) {
  return (
    <Button
      className={classNames(styles.key, styles.symbol, props.className)}
      aria-label={props.name}
      {...(props.shortcut === undefined ? {} : { "data-shortcut": props.shortcut })}
      onPress={props.onPress}
    >
      {props.symbol}
    </Button>
  );
}
