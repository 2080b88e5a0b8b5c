import type { ReactNode } from "react";
import styles from "./with-code.module.css";

/** A text in which the code of a receipt is never broken over a line. */
export function WithCode({ text, code }: { text: string; code: string }): ReactNode {
  const at = code === "" ? -1 : text.indexOf(code);
  if (at === -1) return text;
  return (
    <span>
      {text.slice(0, at)}
      <span className={styles.code}>{code}</span>
      {text.slice(at + code.length)}
    </span>
  );
}
