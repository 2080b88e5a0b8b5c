import { ArrowRight, Check, Info, OctagonX, TriangleAlert } from "lucide-react";
import { classNames } from "../class-names.ts";
import { useWords } from "../words/intl.tsx";
import { Key } from "./key.tsx";
import styles from "./notice.module.css";

/** What a notice is drawn as: someone must look, something was refused, or something is so. */
export type NoticeTone = "attention" | "error" | "wait";

/** How much room a notice has: all its words, all of them set close, or what happened alone. */
export type NoticeForm = "full" | "compact" | "line";

const icons = { attention: TriangleAlert, error: OctagonX, wait: Info } as const;

/** What happened, what is safe, what to do. `safe` and `todo` may be left out of a plain message. */
export function Notice(props: {
  tone: NoticeTone;
  form?: NoticeForm;
  happened: string;
  safe?: string | undefined;
  todo?: string | undefined;
  onDismiss?: (() => void) | undefined;
  className?: string | undefined;
}) {
  const words = useWords();
  const Icon = icons[props.tone];
  return (
    <div
      role="alert"
      className={classNames(
        styles.notice,
        styles[props.tone],
        props.form === "compact" && styles.compact,
        props.className,
      )}
    >
      <div className={styles.head}>
        <Icon size={28} aria-hidden />
        <p className={styles.happened}>{props.happened}</p>
        {props.onDismiss !== undefined && (
          <Key className={styles.close} label={words("notice.close")} shortcut="dismiss" onPress={props.onDismiss} />
        )}
      </div>
      {props.form !== "line" && (props.safe !== undefined || props.todo !== undefined) && (
        <div className={styles.steps}>
          {props.safe !== undefined && (
            <p className={styles.step}>
              <Check size={22} aria-hidden />
              {props.safe}
            </p>
          )}
          {props.todo !== undefined && (
            <p className={styles.step}>
              <ArrowRight size={22} aria-hidden />
              {props.todo}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
