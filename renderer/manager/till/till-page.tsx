import type { Theme } from "../../shared/appearance.ts";
import { setAppearance, useAppearance } from "../../shared/appearance.ts";
import type { Locale } from "../../../main/contract/snapshot.ts";
import { classNames } from "../../shared/class-names.ts";
import { Key } from "../../shared/components/key.tsx";
import type { WordKey } from "../../shared/words/en.ts";
import { useFormats, useLocale, useWords } from "../../shared/words/intl.tsx";
import { Refusal } from "../parts/outcome.tsx";
import { ScrollPage } from "../parts/scroll-page.tsx";
import { SectionHead } from "../parts/section-head.tsx";
import { useAction, useSnapshot } from "../till.tsx";
import { LeaveTill } from "./leave-till.tsx";
import styles from "./till-page.module.css";

const languages: readonly { locale: Locale; name: string }[] = [
  { locale: "en", name: "English" },
  { locale: "zh-CN", name: "中文" },
];

const themes: readonly { theme: Theme; key: WordKey }[] = [
  { theme: "system", key: "settings.theme-system" },
  { theme: "light", key: "settings.theme-light" },
  { theme: "dark", key: "settings.theme-dark" },
  { theme: "contrast", key: "settings.theme-contrast" },
];

/** This till: its language, how this window looks, and taking it out of the shop or setting it up anew. */
export function TillPage() {
  const words = useWords();
  const formats = useFormats();
  const { till } = useSnapshot();
  return (
    <ScrollPage label={words("manager.nav-till")}>
      <SectionHead
        title={words("status.till", { number: till.number })}
        second={words("manager.till-second", { store: formats.name(till.store), address: formats.name(till.address) })}
      />
      <Language />
      <Look />
      <LeaveTill />
    </ScrollPage>
  );
}

function Language() {
  const words = useWords();
  const locale = useLocale();
  const set = useAction("settings.set-locale");
  return (
    <section className={styles.part} aria-label={words("manager.till-language")}>
      <h2 className={styles.title}>{words("manager.till-language")}</h2>
      <p className={styles.text}>{words("manager.till-language-about")}</p>
      <div className={styles.keys}>
        {languages.map((each) => (
          <Key
            key={each.locale}
            className={classNames(styles.key, each.locale === locale && styles.on)}
            label={each.name}
            isOn={each.locale === locale}
            onPress={() => void set.run({ locale: each.locale })}
          />
        ))}
      </div>
      {set.fault !== null && <Refusal fault={set.fault} onDismiss={set.clear} />}
    </section>
  );
}

function Look() {
  const words = useWords();
  const chosen = useAppearance((appearance) => appearance.theme);
  return (
    <section className={styles.part} aria-label={words("manager.till-look")}>
      <h2 className={styles.title}>{words("manager.till-look")}</h2>
      <p className={styles.text}>{words("manager.till-look-about")}</p>
      <div className={styles.keys}>
        {themes.map(({ theme, key }) => (
          <Key
            key={theme}
            className={classNames(styles.key, theme === chosen && styles.on)}
            label={words(key)}
            isOn={theme === chosen}
            onPress={() => setAppearance({ theme })}
          />
        ))}
      </div>
    </section>
  );
}
