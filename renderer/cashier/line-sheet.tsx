import { Keyboard, Percent, Tag, Trash2, Undo2 } from "lucide-react";
import type { BasketLine } from "../../main/contract/snapshot.ts";
import { Key } from "../shared/components/key.tsx";
import { formatCode } from "../shared/format.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import entryStyles from "./entry-sheet.module.css";
import { ownDiscount } from "./line-amounts.ts";
import { LineFacts } from "./line-facts.tsx";
import { DepositSum, LinePrice } from "./line-price.tsx";
import styles from "./line-sheet.module.css";
import { PercentKeys } from "./percent-keys.tsx";
import { Sheet } from "./sheet.tsx";
import sheetStyles from "./sheets.module.css";
import { useAct, useSnapshot } from "./till.tsx";
import { closeAfter, openPanel } from "./view.ts";

/** Everything that can be done with one line. How many is said by the stepper on the beam, where it always stands. */
export function LineSheet({ line }: { line: BasketLine }) {
  const words = useWords();
  const formats = useFormats();
  const { basket } = useSnapshot();
  const { lineId } = line;
  const name = formats.name(line.name);
  const discount = ownDiscount(line);
  return (
    <Sheet
      title={name}
      before={
        line.picture !== undefined && <img className={entryStyles.picture} src={`/pictures/${line.picture}`} alt="" />
      }
    >
      <div className={styles.state}>
        <div className={styles.words}>
          {line.code !== undefined && <span className={styles.code}>{formatCode(line.code)}</span>}
          <LineFacts line={line} basket={basket} />
        </div>
        <span className={styles.price}>
          <LinePrice line={line} isLarge />
          <DepositSum line={line} />
        </span>
      </div>
      <h2 className={sheetStyles.heading}>{words("line.discount")}</h2>
      <PercentKeys lineId={lineId} given={discount} />
      <div className={sheetStyles.keys}>
        <Key
          className={sheetStyles.key}
          icon={Percent}
          label={words("line.discount-percent")}
          onPress={() => openPanel({ kind: "discount", lineId, unit: "percent" })}
        />
        <Key
          className={sheetStyles.key}
          icon={Tag}
          label={words("line.discount-amount")}
          onPress={() => openPanel({ kind: "discount", lineId, unit: "amount" })}
        />
      </div>
      <h2 className={sheetStyles.heading}>{words("line.line")}</h2>
      <LineKeys line={line} name={name} />
    </Sheet>
  );
}

function LineKeys({ line, name }: { line: BasketLine; name: string }) {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const { lineId, quantity, listPriceMinor } = line;
  return (
    <div className={sheetStyles.keys}>
      <Key
        className={sheetStyles.key}
        icon={Tag}
        label={words("line.price")}
        onPress={() => openPanel({ kind: "price", lineId, reason: null })}
      />
      {listPriceMinor !== undefined && (
        <Key
          className={sheetStyles.key}
          icon={Undo2}
          label={words("line.list-price", { price: formats.money(listPriceMinor) })}
          onPress={() =>
            void closeAfter(act("basket.set-price", { lineId, priceMinor: listPriceMinor, reason: "other" }))
          }
        />
      )}
      {quantity !== undefined && (
        <Key
          className={sheetStyles.key}
          icon={Keyboard}
          label={words("line.quantity")}
          onPress={() => openPanel({ kind: "quantity", lineId, name, priceMinor: line.unitPriceMinor })}
        />
      )}
      <Key
        className={sheetStyles.key}
        icon={Trash2}
        label={words("line.remove")}
        onPress={() => void closeAfter(act("basket.remove-line", { lineId }))}
      />
    </div>
  );
}
