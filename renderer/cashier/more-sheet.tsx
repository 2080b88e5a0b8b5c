import { CircleX, DoorClosed, Keyboard, Languages, NotebookPen, Printer, SlidersHorizontal } from "lucide-react";
import { Key } from "../shared/components/key.tsx";
import { useLocale, useWords } from "../shared/words/intl.tsx";
import { Sheet } from "./sheet.tsx";
import styles from "./sheets.module.css";
import { useAct, useSnapshot } from "./till.tsx";
import { closeAfter, openPanel, setView } from "./view.ts";

/** What is done now and then: with this sale, with the till, with the shift. */
export function MoreSheet() {
  const words = useWords();
  const locale = useLocale();
  const act = useAct();
  const { basket, payment, staff } = useSnapshot();
  const lastSale = staff?.lastSale;
  const explain = (text: string) => setView({ message: { kind: "reason", text } });
  const paying = payment === undefined ? undefined : words("function.void-paying");
  const saleReason = basket.lines.length === 0 ? words("function.void-empty") : paying;
  return (
    <Sheet title={words("more.title")}>
      <h2 className={styles.heading}>{words("more.sale")}</h2>
      <div className={styles.keys}>
        <Key
          className={styles.key}
          icon={NotebookPen}
          label={words(basket.note === undefined ? "more.note" : "more.note-change")}
          reason={saleReason}
          onReason={explain}
          onPress={() => openPanel({ kind: "note" })}
        />
        <Key
          className={styles.key}
          icon={CircleX}
          label={words("function.void")}
          reason={saleReason}
          onReason={explain}
          onPress={() => openPanel({ kind: "void" })}
        />
        <Key
          className={styles.key}
          icon={Printer}
          label={words("function.copy")}
          second={lastSale === undefined ? undefined : words("more.copy-second", { code: lastSale.receiptCode })}
          reason={lastSale === undefined ? words("function.copy-none") : undefined}
          onReason={explain}
          shortcut="copy"
          onPress={() => {
            if (lastSale === undefined) return;
            void closeAfter(act("receipt.print-copy", { saleId: lastSale.saleId }));
          }}
        />
      </div>
      <h2 className={styles.heading}>{words("more.till")}</h2>
      <div className={styles.keys}>
        <Key
          className={styles.key}
          icon={Languages}
          label={words("function.language")}
          onPress={() => void act("settings.set-locale", { locale: locale === "en" ? "zh-CN" : "en" })}
        />
        <Key
          className={styles.key}
          icon={SlidersHorizontal}
          label={words("function.settings")}
          onPress={() => openPanel({ kind: "settings" })}
        />
        <Key
          className={styles.key}
          icon={Keyboard}
          label={words("function.help")}
          onPress={() => openPanel({ kind: "help" })}
        />
        <Key
          className={styles.key}
          icon={DoorClosed}
          label={words("more.shift")}
          reason={paying}
          onReason={explain}
          onPress={() => openPanel({ kind: "shift" })}
        />
      </div>
    </Sheet>
  );
}
