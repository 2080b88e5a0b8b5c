import type { SyncRow } from "../../../main/contract/manager.ts";
import type { Locale } from "../../../main/contract/snapshot.ts";
import type { Words } from "../parts/writing.ts";
import { answerInWords } from "./answer-words.ts";

/** What a row's answer is written with. */
export type RowWriting = {
  readonly words: Words;
  readonly locale: Locale;
  readonly times: { whenToSecond(instant: string): string };
  readonly formats: { timeToSecond(instant: string): string };
};

/** The last answer about a sale in a few words: what it was, with its code where it needs somebody, and what comes next. */
export function rowAnswer({ answer, state, arrivedAt, nextTryAt }: SyncRow, writing: RowWriting): string {
  const { words, locale, times, formats } = writing;
  const said = (key: "manager.row-refused" | "manager.row-said", code: string) =>
    words(key, { title: answerInWords(words, locale, code).title, code });
  switch (state) {
    case "needs-you":
      return answer === undefined ? words("manager.row-held") : said("manager.row-refused", answer.code);
    case "safe": {
      const first = answer === undefined ? words("manager.row-not-sent") : said("manager.row-said", answer.code);
      if (nextTryAt === undefined) return first;
      const second = words("manager.next-try", { time: formats.timeToSecond(nextTryAt) });
      return words("manager.join", { first, second });
    }
    case "on-the-way":
      return words("manager.row-on-the-way");
    case "settled":
      if (answer !== undefined) return words("manager.row-booked", { time: times.whenToSecond(answer.at) });
      return storedAnswer(arrivedAt, writing);
    case "confirmed":
      return storedAnswer(arrivedAt, writing);
  }
}

function storedAnswer(arrivedAt: string | undefined, { words, times }: RowWriting): string {
  if (arrivedAt === undefined) return words("manager.row-stored-untimed");
  return words("manager.row-stored", { time: times.whenToSecond(arrivedAt) });
}
