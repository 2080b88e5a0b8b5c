import type { WordKey } from "../shared/words/en.ts";
import { useLocale, useWords, WordsIn } from "../shared/words/intl.tsx";
import styles from "./twice.module.css";

type TwiceProps = { text: WordKey; values?: Readonly<Record<string, string | number>> };

/** A text in the till's language, and smaller under it in the other one. */
export function Twice(props: TwiceProps) {
  const locale = useLocale();
  const words = useWords();
  const other = locale === "en" ? "zh-CN" : "en";
  return (
    <>
      {words(props.text, props.values)}
      <span className={styles.other} lang={other}>
        <WordsIn locale={other}>
          <Text {...props} />
        </WordsIn>
      </span>
    </>
  );
}

function Text({ text, values }: TwiceProps) {
  return useWords()(text, values);
}
