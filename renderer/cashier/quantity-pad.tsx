import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useEntry } from "./entries/use-entry.ts";
import { EntrySheet } from "./entry-sheet.tsx";
import type { Panel } from "./view.ts";

/** How many of one good, and what they cost. */
export function QuantityPad({ panel }: { panel: Extract<Panel, { kind: "quantity" }> }) {
  const words = useWords();
  const formats = useFormats();
  const entry = useEntry();
  return (
    <EntrySheet
      title={panel.name}
      unit="×"
      placeholder="0"
      resultLabel={words("bill.each", { price: formats.money(panel.priceMinor) })}
      result={formats.money(entry?.resultMinor ?? 0)}
    />
  );
}
