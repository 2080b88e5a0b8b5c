import type { Locale } from "../../main/contract/snapshot.ts";
import type { WordKey } from "../shared/words/en.ts";
import { useWords, WordsIn } from "../shared/words/intl.tsx";

type SaidProps = { locale: Locale; text: WordKey; values?: Readonly<Record<string, string | number>> };

/** One text in a language of its own, for what speaks both at once. */
export function Said(props: SaidProps) {
  return (
    <WordsIn locale={props.locale}>
      <span lang={props.locale}>
        <Text {...props} />
      </span>
    </WordsIn>
  );
}

function Text({ text, values }: SaidProps) {
  return useWords()(text, values);
}
