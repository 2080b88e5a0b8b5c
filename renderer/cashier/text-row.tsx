import { Input, Label, TextField } from "react-aria-components";
import styles from "./text-row.module.css";

/** A line of words to type on a keyboard. Enter hands it on. */
export function TextRow(props: {
  label: string;
  value: string;
  mostCharacters: number;
  isNumber?: boolean;
  takesFocus?: boolean;
  onChange(value: string): void;
  onEnter?: () => void;
}) {
  return (
    <TextField
      className={styles.row ?? ""}
      value={props.value}
      maxLength={props.mostCharacters}
      onChange={props.onChange}
      // A panel that is nothing but a text to type gives it the cursor at once.
      autoFocus={props.takesFocus === true}
    >
      <Label className={styles.label ?? ""}>{props.label}</Label>
      <Input
        className={styles.input ?? ""}
        autoComplete="off"
        {...(props.isNumber === true ? { inputMode: "numeric" as const } : {})}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || props.onEnter === undefined) return;
          event.preventDefault();
          props.onEnter();
        }}
      />
    </TextField>
  );
}
