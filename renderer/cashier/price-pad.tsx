import type { Tile } from "../../main/contract/snapshot.ts";
import { minorDigits } from "../../sync/protocol/money.ts";
import { priceReasonSchema, type PriceReason } from "../../sync/protocol/entry-types.ts";
import { classNames } from "../shared/class-names.ts";
import { Key } from "../shared/components/key.tsx";
import type { WordKey } from "../shared/words/en.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useEntry } from "./entries/use-entry.ts";
import { EntrySheet } from "./entry-sheet.tsx";
import entryStyles from "./entry-sheet.module.css";
import styles from "./sheets.module.css";
import { useSnapshot } from "./till.tsx";
import { changePanel, type Panel } from "./view.ts";

/** What stands where nothing has been typed: no amount, with the decimals of the currency. */
function useNothing(): { sign: string; placeholder: string } {
  const formats = useFormats();
  const { till } = useSnapshot();
  return {
    sign: formats.note(0).replace("0", ""),
    placeholder: formats.column(0).slice(0, minorDigits(till.currency) === 0 ? 1 : undefined),
  };
}

/** The price of a good that has none of its own, typed as it is sold. */
export function OpenPricePad({ tile }: { tile: Tile }) {
  const words = useWords();
  const formats = useFormats();
  const entry = useEntry();
  const { sign, placeholder } = useNothing();
  return (
    <EntrySheet
      title={formats.name(tile.name)}
      before={
        tile.picture !== undefined && <img className={entryStyles.picture} src={`/pictures/${tile.picture}`} alt="" />
      }
      prefix={sign}
      placeholder={placeholder}
      resultLabel={words("open-price.one")}
      result={formats.money(entry?.resultMinor ?? 0)}
    />
  );
}

const reasonWords = {
  damaged: "price.damaged",
  "short-dated": "price.short-dated",
  "wrong-label": "price.wrong-label",
  agreed: "price.agreed",
  other: "price.other",
} as const satisfies Record<PriceReason, WordKey>;

/** Another price for a line, and why. */
export function PricePad({ panel }: { panel: Extract<Panel, { kind: "price" }> }) {
  const words = useWords();
  const formats = useFormats();
  const { basket } = useSnapshot();
  const { sign, placeholder } = useNothing();
  const line = basket.lines.find((each) => each.lineId === panel.lineId);
  if (line === undefined) return null;
  return (
    <EntrySheet
      title={words("price.title", { name: formats.name(line.name) })}
      prefix={sign}
      placeholder={placeholder}
      resultLabel={words(line.unit === "kilogram" ? "price.now-kilogram" : "price.now")}
      result={formats.money(line.unitPriceMinor)}
      above={
        <div className={styles.quick} role="group" aria-label={words("price.reason")}>
          {priceReasonSchema.options.map((reason) => (
            <Key
              key={reason}
              className={classNames(styles.key, styles.wordy, panel.reason === reason && styles.on)}
              label={words(reasonWords[reason])}
              isOn={panel.reason === reason}
              onPress={() => changePanel({ ...panel, reason })}
            />
          ))}
        </div>
      }
    />
  );
}
