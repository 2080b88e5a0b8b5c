import { maximumNoteCharacters } from "../../main/contract/methods.ts";
import { refundReasonSchema, type RefundReason } from "../../sync/protocol/entry-types.ts";
import { classNames } from "../shared/class-names.ts";
import { Key } from "../shared/components/key.tsx";
import type { WordKey } from "../shared/words/en.ts";
import { useWords } from "../shared/words/intl.tsx";
import { Sheet } from "./sheet.tsx";
import styles from "./sheets.module.css";
import { TextRow } from "./text-row.tsx";
import { changePanel, type Panel } from "./view.ts";

const reasonWords = {
  unwanted: "refund.unwanted",
  faulty: "refund.faulty",
  "wrong-item": "refund.wrong-item",
  "wrong-price": "refund.wrong-price",
  other: "refund.other",
} as const satisfies Record<RefundReason, WordKey>;

/** Why goods came back. The bill beside it shows the sale that is given back, and the main key pays it out. */
export function RefundSheet({ panel }: { panel: Extract<Panel, { kind: "refund" }> }) {
  const words = useWords();
  const { receipt, outcome } = panel.opened;
  return (
    <Sheet title={words("refund.title", { code: receipt.receiptCode })}>
      <div className={styles.text}>
        <p>{words("refund.whole")}</p>
        {outcome.tender !== "cash" && <p>{words("refund.in-cash")}</p>}
      </div>
      <h2 className={styles.heading}>{words("refund.why")}</h2>
      <div className={classNames(styles.keys, styles.three)} role="group" aria-label={words("refund.why")}>
        {refundReasonSchema.options.map((reason) => (
          <Key
            key={reason}
            className={classNames(styles.key, panel.reason === reason && styles.on)}
            label={words(reasonWords[reason])}
            isOn={panel.reason === reason}
            onPress={() => changePanel({ ...panel, reason })}
          />
        ))}
      </div>
      <TextRow
        label={words("refund.note")}
        value={panel.note}
        mostCharacters={maximumNoteCharacters}
        onChange={(note) => changePanel({ ...panel, note })}
      />
    </Sheet>
  );
}
