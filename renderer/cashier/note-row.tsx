import { NotebookPen } from "lucide-react";
import { useWords } from "../shared/words/intl.tsx";
import styles from "./note-row.module.css";
import { openPanel } from "./view.ts";

/** The note of the sale stays at the head of its lines, however many there are. Touching it changes it. */
export function NoteRow({ note, isFixed }: { note: string; isFixed: boolean }) {
  const words = useWords();
  const content = (
    <>
      <NotebookPen size={20} aria-hidden />
      <span className={styles.hidden}>{words("bill.note")}</span>
      <span className={styles.text}>{note}</span>
    </>
  );
  if (isFixed) return <p className={styles.note}>{content}</p>;
  return (
    <button type="button" className={styles.note} onClick={() => openPanel({ kind: "note" })}>
      {content}
    </button>
  );
}
