import { ScanBarcode } from "lucide-react";
import { useState } from "react";
import { Button } from "react-aria-components";
import type { Locale } from "../../main/contract/snapshot.ts";
import { CountingFrame } from "../shared/components/counting-frame.tsx";
import { Said } from "./said.tsx";
import { Screen } from "./screen.tsx";
import styles from "./start.module.css";
import { useAct } from "./use-act.ts";
import { setView } from "./view.ts";
import { useWords } from "../shared/words/intl.tsx";

const locales: readonly Locale[] = ["zh-CN", "en"];

/** Nobody is here: what this is, in both languages at once. Each key begins in its language; so does a scan. */
export function Start() {
  const words = useWords();
  const act = useAct();
  const [isBeginning, setBeginning] = useState(false);
  const begin = async (locale: Locale) => {
    if (isBeginning) return;
    setBeginning(true);
    await act("settings.set-locale", { locale });
    setView({ hasBegun: true, fault: null });
  };
  return (
    <Screen
      title={words("kiosk.start-title")}
      isTitleHidden
      isDrawn
      isOpen
      workClassName={styles.work}
      work={<CountingFrame className={styles.frame} />}
      lower={
        <>
          <div className={styles.languages}>
            {locales.map((locale) => (
              <div key={locale} className={styles.language}>
                <p className={styles.title}>
                  <Said locale={locale} text="kiosk.start-title" />
                </p>
                <p className={styles.text}>
                  <Said locale={locale} text="kiosk.start-text" />
                </p>
                <Button className={styles.key ?? ""} onPress={() => void begin(locale)}>
                  <span className={styles.begin}>
                    <Said locale={locale} text="kiosk.start-key" />
                  </span>
                  <span>
                    <Said locale={locale} text="kiosk.start-language" />
                  </span>
                </Button>
              </div>
            ))}
          </div>
          <p className={styles.scan}>
            <ScanBarcode className={styles.icon} strokeWidth={1.75} aria-hidden />
            <span>
              <Said locale="zh-CN" text="kiosk.start-scan" /> · <Said locale="en" text="kiosk.start-scan" />
            </span>
          </p>
        </>
      }
    />
  );
}
