import { minorDigits } from "../../sync/protocol/money.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useEntry } from "./entries/use-entry.ts";
import { EntrySheet } from "./entry-sheet.tsx";
import { useSnapshot } from "./till.tsx";

/** The cash that lies in the drawer. What should be there is said before and the difference after, not while counting. */
export function CountPad() {
  const words = useWords();
  const formats = useFormats();
  const { till } = useSnapshot();
  const entry = useEntry();
  return (
    <EntrySheet
      title={words("count.title")}
      prefix={formats.note(0).replace("0", "")}
      placeholder={formats.column(0).slice(0, minorDigits(till.currency) === 0 ? 1 : undefined)}
      resultLabel={words("count.counted")}
      result={formats.money(entry?.resultMinor ?? 0)}
    />
  );
}
