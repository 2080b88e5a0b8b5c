import { classNames } from "../shared/class-names.ts";
import { Key } from "../shared/components/key.tsx";
import styles from "./switch.module.css";

/** One of a few, beside each other; the one in force is marked by its ground, its edge and in speech. */
export function Switch<T extends string>(props: {
  label: string;
  value: T;
  choices: readonly { value: T; label: string; second?: string }[];
  className?: string | undefined;
  /** With narrower keys, where there is little room. */
  isTight?: boolean;
  onChoose(value: NoInfer<T>): void;
}) {
  return (
    <div
      className={classNames(styles.switch, props.isTight === true && styles.tight, props.className)}
      role="group"
      aria-label={props.label}
    >
      {props.choices.map((choice) => (
        <Key
          key={choice.value}
          className={classNames(styles.choice, choice.value === props.value && styles.on)}
          label={choice.label}
          second={choice.second}
          isOn={choice.value === props.value}
          onPress={() => props.onChoose(choice.value)}
        />
      ))}
    </div>
  );
}
