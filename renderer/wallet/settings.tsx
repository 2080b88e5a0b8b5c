import { setAppearance, useAppearance, type Theme } from "../shared/appearance.ts";
import { Key } from "../shared/components/key.tsx";
import { classNames } from "../shared/class-names.ts";
import { useFormats, useLocale, useWords } from "../shared/words/intl.tsx";
import { ScreenHead } from "./frame.tsx";
import { BackKey } from "./head-keys.tsx";
import { useGo, usePhone, usePhoneState, useSetLocale } from "./phone-context.tsx";
import styles from "./settings.module.css";

/** How this phone looks and speaks, and the way to another shopper. */
export function Settings() {
  const words = useWords();
  const formats = useFormats();
  const go = useGo();
  const { owner } = usePhoneState();
  const { leave } = usePhone();
  const { theme } = useAppearance();
  const themes: readonly { value: Theme; label: string }[] = [
    { value: "system", label: words("wallet.theme-system") },
    { value: "light", label: words("wallet.theme-light") },
    { value: "dark", label: words("wallet.theme-dark") },
    { value: "contrast", label: words("wallet.theme-contrast") },
  ];
  return (
    <div className={styles.screen}>
      <ScreenHead title={words("wallet.settings-title")} start={<BackKey to={{ screen: "pay" }} />} />
      <div className={styles.panels}>
        <LanguageChoice />
        <Choice
          label={words("wallet.theme")}
          value={theme}
          choices={themes}
          onChoose={(next) => setAppearance({ theme: next })}
        />
        <section className={styles.panel} aria-label={words("wallet.owner")}>
          <h2 className={styles.label}>{words("wallet.owner")}</h2>
          <p className={styles.name}>{owner === null ? "" : formats.name(owner.name)}</p>
          <p className={styles.about}>{words("wallet.keys-about")}</p>
          <Key
            label={words("wallet.leave")}
            onPress={() => {
              leave();
              go({ screen: "pay" });
            }}
          />
        </section>
      </div>
    </div>
  );
}

/** The phone's language. */
export function LanguageChoice() {
  const words = useWords();
  const setLocale = useSetLocale();
  return (
    <Choice
      label={words("wallet.language")}
      value={useLocale()}
      choices={[
        { value: "en", label: words("wallet.language-english") },
        { value: "zh-CN", label: words("wallet.language-chinese") },
      ]}
      onChoose={setLocale}
    />
  );
}

function Choice<T extends string>(props: {
  label: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChoose(value: T): void;
}) {
  return (
    <section className={styles.panel} aria-label={props.label}>
      <h2 className={styles.label}>{props.label}</h2>
      <div className={styles.choices}>
        {props.choices.map(({ value, label }) => (
          <Key
            key={value}
            className={classNames(styles.choice, value === props.value && styles.on)}
            label={label}
            isOn={value === props.value}
            onPress={() => props.onChoose(value)}
          />
        ))}
      </div>
    </section>
  );
}
