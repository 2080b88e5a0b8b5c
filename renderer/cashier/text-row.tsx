import { useEffect, useRef } from "react";
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
  const field = useRef<HTMLInputElement>(null);
  const { takesFocus } = props;
  useEffect(() => {
    // A panel that is nothing but a text to type gives it the cursor at once, after the sheet has taken the focus.
    if (takesFocus === true) requestAnimationFrame(() => field.current?.focus());
  }, [takesFocus]);
  return (
    <TextField
      className={styles.row ?? ""}
      value={props.value}
      maxLength={props.mostCharacters}
      onChange={props.onChange}
    >
      <Label className={styles.label ?? ""}>{props.label}</Label>
      <Input
        ref={field}
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
