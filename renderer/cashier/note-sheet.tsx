import { Check, Trash2 } from "lucide-react";
import { useState } from "react";
import { maximumNoteCharacters } from "../../main/contract/methods.ts";
import { Key } from "../shared/components/key.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { Sheet } from "./sheet.tsx";
import styles from "./sheets.module.css";
import { TextRow } from "./text-row.tsx";
import { useAct, useSnapshot } from "./till.tsx";
import { closeAfter } from "./view.ts";

/** A note of the sale: it stands at the head of the bill and on the receipt. */
export function NoteSheet() {
  const words = useWords();
  const act = useAct();
  const { basket } = useSnapshot();
  const [note, setNote] = useState(basket.note ?? "");
  const save = (text: string) => void closeAfter(act("basket.set-note", { saleId: basket.saleId, note: text }));
  return (
    <Sheet title={words("note.title")}>
      <TextRow
        label={words("note.label")}
        value={note}
        mostCharacters={maximumNoteCharacters}
        takesFocus
        onChange={setNote}
        onEnter={() => save(note)}
      />
      <div className={styles.keys}>
        {basket.note !== undefined && (
          <Key className={styles.key} icon={Trash2} label={words("note.remove")} onPress={() => save("")} />
        )}
        <Key className={styles.key} icon={Check} label={words("note.keep")} onPress={() => save(note)} />
      </div>
    </Sheet>
  );
}
