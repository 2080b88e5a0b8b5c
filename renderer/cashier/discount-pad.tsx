import { useFormats, useWords } from "../shared/words/intl.tsx";
import { Key } from "../shared/components/key.tsx";
import { classNames } from "../shared/class-names.ts";
import { useEntry } from "./entries/use-entry.ts";
import { EntrySheet } from "./entry-sheet.tsx";
import entryStyles from "./entry-sheet.module.css";
import { ownDiscount } from "./line-amounts.ts";
import { PercentKeys } from "./percent-keys.tsx";
import { useSnapshot } from "./till.tsx";
import { openPanel, type Panel } from "./view.ts";

/** Something off a line or off the whole sale: the usual percentages in one touch, any other and an amount typed. */
export function DiscountPad({ panel }: { panel: Extract<Panel, { kind: "discount" }> }) {
  const words = useWords();
  const formats = useFormats();
  const { basket } = useSnapshot();
  const entry = useEntry();
  const { lineId, unit } = panel;
  const line = basket.lines.find((each) => each.lineId === lineId);
  const given = line === undefined ? basket.saleDiscount : ownDiscount(line);
  const isPercent = unit === "percent";
  const sign = formats.note(0).replace("0", "");
  const unitKey = (choice: typeof unit, label: string) => (
    <Key
      key={choice}
      className={classNames(entryStyles.side, unit === choice && entryStyles.on)}
      label={label}
      isOn={unit === choice}
      onPress={() => openPanel({ ...panel, unit: choice })}
    />
  );
  return (
    <EntrySheet
      title={line === undefined ? words("discount.title") : words("discount.of", { name: formats.name(line.name) })}
      {...(isPercent ? { unit: "%" } : { prefix: sign })}
      placeholder={isPercent ? "0" : formats.column(0)}
      resultLabel={words("discount.off")}
      result={formats.money(-(entry?.resultMinor ?? 0))}
      above={<PercentKeys lineId={lineId} given={given} />}
      sideKeys={[unitKey("percent", "%"), unitKey("amount", sign)]}
    />
  );
}
