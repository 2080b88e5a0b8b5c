import { setAppearance, useAppearance, type Theme } from "../shared/appearance.ts";
import { classNames } from "../shared/class-names.ts";
import { Key } from "../shared/components/key.tsx";
import { playSound, type Loudness } from "../shared/sounds.ts";
import type { WordKey } from "../shared/words/en.ts";
import { useWords } from "../shared/words/intl.tsx";
import { Sheet } from "./sheet.tsx";
import styles from "./sheets.module.css";

const themes: readonly { theme: Theme; key: WordKey }[] = [
  { theme: "system", key: "settings.theme-system" },
  { theme: "light", key: "settings.theme-light" },
  { theme: "dark", key: "settings.theme-dark" },
  { theme: "contrast", key: "settings.theme-contrast" },
];
const loudnesses: readonly { loudness: Loudness; key: WordKey }[] = [
  { loudness: "full", key: "settings.sound-full" },
  { loudness: "quiet", key: "settings.sound-quiet" },
];

/** How this window looks and sounds. */
export function SettingsSheet() {
  const words = useWords();
  const chosen = useAppearance();
  return (
    <Sheet title={words("settings.title")}>
      <h2 className={styles.heading}>{words("settings.theme")}</h2>
      <div className={styles.keys} role="group" aria-label={words("settings.theme")}>
        {themes.map(({ theme, key }) => (
          <Key
            key={theme}
            className={classNames(styles.key, chosen.theme === theme && styles.on)}
            label={words(key)}
            isOn={chosen.theme === theme}
            onPress={() => setAppearance({ theme })}
          />
        ))}
      </div>
      <h2 className={styles.heading}>{words("settings.sound")}</h2>
      <div className={styles.keys} role="group" aria-label={words("settings.sound")}>
        {loudnesses.map(({ loudness, key }) => (
          <Key
            key={loudness}
            className={classNames(styles.key, chosen.loudness === loudness && styles.on)}
            label={words(key)}
            isOn={chosen.loudness === loudness}
            onPress={() => {
              setAppearance({ loudness });
              playSound("accepted", loudness);
            }}
          />
        ))}
      </div>
    </Sheet>
  );
}
