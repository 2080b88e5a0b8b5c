import { Undo2 } from "lucide-react";
import { Key } from "../shared/components/key.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useAct, useSnapshot } from "./till.tsx";
import styles from "./tender-row.module.css";
import { openPanel } from "./view.ts";

/** A part is paid in cash and the wallet pays the rest: another part, or no part at all. */
export function PartRow({ partMinor }: { partMinor: number }) {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const { basket } = useSnapshot();
  return (
    <div className={styles.row}>
      <Key
        className={styles.key}
        icon={Undo2}
        label={words("part.undo")}
        second={words("part.undo-second", { amount: formats.money(partMinor) })}
        onPress={() => void act("tender.cash-part", { saleId: basket.saleId, amountMinor: 0 })}
      />
      <Key
        className={styles.key}
        label={words("part.other")}
        second={words("part.other-second")}
        onPress={() => openPanel({ kind: "cash", isPart: true })}
      />
    </div>
  );
}
