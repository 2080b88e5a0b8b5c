import { minorDigits } from "../../sync/protocol/money.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useEntry } from "./entries.ts";
import { EntrySheet } from "./entry-sheet.tsx";
import { useSnapshot } from "./till.tsx";

/** Any amount of cash, and the change it gives. */
export function CashPad() {
  const words = useWords();
  const formats = useFormats();
  const { basket, till } = useSnapshot();
  const entry = useEntry();
  const sign = formats.note(0).replace("0", "");
  return (
    <EntrySheet
      title={words("cash.title")}
      prefix={sign}
      placeholder={formats.column(0).slice(0, minorDigits(till.currency) === 0 ? 1 : undefined)}
      resultLabel={
        entry?.isReady === true
          ? words("cash.change")
          : words("cash.due", { amount: formats.money(basket.cash.dueMinor) })
      }
      result={entry?.isReady === true ? formats.money(entry.resultMinor) : "–"}
    />
  );
}
