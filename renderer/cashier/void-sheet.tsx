import { ArrowLeft, CircleX } from "lucide-react";
import { Key } from "../shared/components/key.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { Sheet } from "./sheet.tsx";
import styles from "./sheets.module.css";
import { useAct, useSnapshot } from "./till.tsx";
import { closeAfter, closePanel } from "./view.ts";

/** Asks once before a basket is given up, because that cannot be taken back. */
export function VoidSheet() {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const { basket } = useSnapshot();
  return (
    <Sheet title={words("void.title")}>
      <div className={styles.text}>
        <p>{words("void.what", { count: basket.itemCount, amount: formats.money(basket.totalMinor) })}</p>
        <p>{words("void.safe")}</p>
      </div>
      <div className={styles.keys}>
        <Key className={styles.key} icon={ArrowLeft} label={words("void.keep")} onPress={closePanel} />
        <Key
          className={styles.key}
          icon={CircleX}
          label={words("function.void")}
          onPress={() => void closeAfter(act("sale.abandon", { saleId: basket.saleId }))}
        />
      </div>
    </Sheet>
  );
}
