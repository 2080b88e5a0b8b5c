import { Printer, RefreshCw, ScanBarcode } from "lucide-react";
import type { Locale } from "../../main/contract/snapshot.ts";
import { Key, SymbolKey } from "../shared/components/key.tsx";
import { MainKey } from "../shared/components/main-key.tsx";
import { Mark } from "../shared/components/mark.tsx";
import { Notice } from "../shared/components/notice.tsx";
import { NumberPad } from "../shared/components/number-pad.tsx";
import { BusyRod, SyncRod } from "../shared/components/rod.tsx";
import type { WordKey } from "../shared/words/en.ts";
import { useWords, WordsProvider } from "../shared/words/intl.tsx";
import styles from "./parts.module.css";

/** Every part in every state, beside each other. */
export function Parts(props: { locale: Locale; words: Readonly<Record<WordKey, string>> | undefined }) {
  return (
    <WordsProvider locale={props.locale} words={props.words}>
      <main className={styles.page}>
        <PartsInWords />
      </main>
    </WordsProvider>
  );
}

function PartsInWords() {
  const words = useWords();
  const nothing = () => {};
  return (
    <>
      <h1>{words("counter.title")}</h1>
      <div className={styles.row}>
        <Mark />
        <Mark widthPx={64} />
        {[0, 1, 3, 9].map((count) => (
          <SyncRod key={count} salesWaiting={count} />
        ))}
        <BusyRod />
      </div>
      <div className={styles.row}>
        <Key label={words("paid.copy")} icon={Printer} onPress={nothing} />
        <Key label={words("function.void")} reason={words("function.void-empty")} onPress={nothing} />
        <Key label={words("settings.theme-dark")} isOn onPress={nothing} />
        <SymbolKey symbol="+" name={words("bill.more", { name: words("goods.shelf") })} onPress={nothing} />
      </div>
      <div className={styles.keys}>
        <MainKey
          kind="press"
          icon={RefreshCw}
          title={words("unknown.ask")}
          second={words("unknown.ask-second", { seconds: 4 })}
          onPress={nothing}
        />
        <MainKey kind="busy" title={words("asking.title")} second={words("asking.second", { number: "4021 7796" })} />
        <MainKey kind="listen" icon={ScanBarcode} title={words("empty.title")} second={words("empty.second")} />
      </div>
      {(["attention", "error", "wait"] as const).map((tone) => (
        <Notice
          key={tone}
          tone={tone}
          happened={words("scan-refused.happened")}
          safe={words("scan-refused.safe")}
          todo={words("scan-refused.todo")}
          onDismiss={nothing}
        />
      ))}
      <NumberPad onKey={nothing} />
    </>
  );
}
