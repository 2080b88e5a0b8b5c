import type { ReactNode, Ref } from "react";
import { maximumMessageCharacters } from "../../../sync/protocol/chat.ts";
import { classNames } from "../class-names.ts";
import styles from "./composer.module.css";
import { sendOnEnter, type Writing } from "./writing.ts";

/** Where one writes: what it is about, the field and the key that sends. Its measures are its page's. */
export function Composer(props: {
  writing: Writing;
  label: string;
  placeholder: string;
  /** What a question is about, with the key that takes that away again. */
  about?: { readonly text: string; readonly removeKey: ReactNode } | undefined;
  /** What has to be told before it is sent. */
  notes: ReactNode;
  sendKey: ReactNode;
  field?: Ref<HTMLTextAreaElement>;
  classes: Record<"composer" | "about" | "row" | "field", string | undefined>;
}) {
  const { writing, label, placeholder, about, notes, sendKey, field, classes } = props;
  return (
    <div className={classNames(styles.composer, classes.composer)}>
      {about !== undefined && (
        <div className={classNames(styles.about, classes.about)}>
          <span>{about.text}</span>
          {about.removeKey}
        </div>
      )}
      {notes}
      <div className={classNames(styles.row, classes.row)}>
        <textarea
          ref={field}
          className={classNames(styles.field, classes.field)}
          aria-label={label}
          placeholder={placeholder}
          rows={1}
          maxLength={maximumMessageCharacters}
          enterKeyHint="send"
          value={writing.text}
          onChange={(event) => writing.setText(event.target.value)}
          onKeyDown={(event) => sendOnEnter(event, writing.send)}
        />
        {sendKey}
      </div>
    </div>
  );
}
