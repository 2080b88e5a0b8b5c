import { createIntl } from "@formatjs/intl";
import type { Locale } from "../contract/snapshot.ts";
import { receiptWords, type ReceiptWord } from "../contract/words/receipt-words.ts";

/** The words of a receipt in one language, with what is filled in. */
export type ReceiptSentences = (word: ReceiptWord, values?: Record<string, string | number>) => string;

/** @throws Error for a message that cannot be filled: a receipt is never printed with a hole. */
export function receiptSentences(locale: Locale): ReceiptSentences {
  const intl = createIntl({
    locale,
    messages: receiptWords[locale],
    onError: (error) => {
      throw error;
    },
  });
  return (word, values) => intl.formatMessage({ id: word }, values);
}
