import { useId } from "react";
import type { Locale } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { Mark } from "../shared/components/mark.tsx";
import { BusyRod } from "../shared/components/rod.tsx";
import type { WordKey } from "../shared/words/en.ts";
import styles from "./away.module.css";
import { KioskKey } from "./kiosk-key.tsx";
import page from "./kiosk-page.module.css";
import { Said } from "./said.tsx";

const locales: readonly Locale[] = ["zh-CN", "en"];

function textsOf(isRefused: boolean, isOver: boolean): readonly [WordKey, WordKey] {
  if (isRefused) return ["kiosk.refused", "kiosk.refused-text"];
  return isOver ? ["kiosk.restarting", "kiosk.restarting-text"] : ["kiosk.opening", "kiosk.opening-text"];
}

/**
 * The till is not there: it starts, it restarts (over the page, which stays), or it refused this window. In both
 * languages, because nobody knows who reads it.
 */
export function Away(props: { isOver?: boolean; isRefused?: boolean }) {
  const isRefused = props.isRefused === true;
  const titleId = useId();
  const Sheet = props.isOver === true ? "div" : "main";
  const [title, text] = textsOf(isRefused, props.isOver === true);
  return (
    <div className={classNames(page.sizes, styles.page, props.isOver === true && styles.over)}>
      <Sheet
        {...(props.isOver === true ? { role: "alertdialog", "aria-labelledby": titleId } : {})}
        className={styles.sheet}
      >
        <div className={styles.head}>
          <Mark widthPx={96} />
          {!isRefused && <BusyRod />}
        </div>
        {locales.map((locale, index) => (
          <div key={locale} className={styles.words} role={isRefused ? "alert" : "status"}>
            {index === 0 ? (
              <h1 id={titleId} className={styles.title}>
                <Said locale={locale} text={title} />
              </h1>
            ) : (
              <p className={styles.title}>
                <Said locale={locale} text={title} />
              </p>
            )}
            <p className={styles.text}>
              <Said locale={locale} text={text} />
            </p>
          </div>
        ))}
        {isRefused && (
          <KioskKey
            label={<Said locale="zh-CN" text="kiosk.reload" />}
            second={<Said locale="en" text="kiosk.reload" />}
            onPress={() => location.reload()}
          />
        )}
      </Sheet>
    </div>
  );
}
