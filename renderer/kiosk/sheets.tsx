import { Check, Contrast, Languages, ListRestart, MoveDown, ShoppingBasket, Store, Type, Wallet } from "lucide-react";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useFormats, useLocale, useWords } from "../shared/words/intl.tsx";
import { KioskKey, KioskMainKey } from "./kiosk-key.tsx";
import { Said } from "./said.tsx";
import { Screen } from "./screen.tsx";
import styles from "./sheets.module.css";
import { Totals } from "./totals.tsx";
import { useAct } from "./use-act.ts";
import { useLeave } from "./use-leave.ts";
import { closePanel, setView, useView, type Access } from "./view.ts";

/** Whether the list is really to go; the safe answer is the large one. */
export function StartOver() {
  const words = useWords();
  const formats = useFormats();
  const leave = useLeave();
  const { basket } = useTillSnapshot();
  return (
    <Screen
      title={words("kiosk.over-title")}
      titleClassName={styles.title}
      work={
        <p className={styles.text}>
          {words("kiosk.over-text", { count: basket.itemCount, amount: formats.money(basket.totalMinor) })}
        </p>
      }
      lower={
        <>
          <Totals label="kiosk.total" />
          <KioskKey icon={ListRestart} label={words("kiosk.over-clear")} onPress={() => leave("shopper")} />
          <KioskMainKey
            icon={ShoppingBasket}
            title={words("kiosk.over-keep")}
            second={words("kiosk.over-keep-second")}
            onPress={closePanel}
          />
        </>
      }
    />
  );
}

const modes = [
  { mode: "isLarge", text: "kiosk.access-large", icon: Type },
  { mode: "isHighContrast", text: "kiosk.access-contrast", icon: Contrast },
  { mode: "isLow", text: "kiosk.access-low", icon: MoveDown },
] as const satisfies readonly { mode: keyof Access; text: string; icon: unknown }[];

/** How this one shopper sees and reaches the page. The keys stand low, so that who needs them can reach them. */
export function AccessSheet() {
  const words = useWords();
  const access = useView((view) => view.access);
  return (
    <Screen
      title={words("kiosk.access-title")}
      titleClassName={styles.title}
      work={
        <>
          <p className={styles.text}>{words("kiosk.access-text")}</p>
          <div className={styles.modes}>
            {modes.map(({ mode, text, icon }) => (
              <KioskKey
                key={mode}
                className={styles.mode}
                icon={icon}
                label={words(text)}
                second={words(access[mode] ? "kiosk.access-on" : "kiosk.access-off")}
                isOn={access[mode]}
                onPress={() => setView({ access: { ...access, [mode]: !access[mode] } })}
              />
            ))}
            <LanguageKey />
          </div>
        </>
      }
      lower={
        <KioskMainKey
          icon={Check}
          title={words("kiosk.access-done")}
          second={words("kiosk.access-done-second")}
          onPress={closePanel}
        />
      }
    />
  );
}

/** A scan begins in the kiosk's own language; from here on it is the shopper's, and the list stays. */
function LanguageKey() {
  const act = useAct();
  const locale = useLocale();
  const other = locale === "en" ? "zh-CN" : "en";
  return (
    <KioskKey
      className={styles.mode}
      icon={Languages}
      label={<Said locale={other} text="kiosk.start-language" />}
      onPress={() => void act("settings.set-locale", { locale: other })}
    />
  );
}

/** Paying at the till instead: what works there, and what becomes of the list here. */
export function OtherWays() {
  const words = useWords();
  const leave = useLeave();
  return (
    <Screen
      title={words("kiosk.ways-title")}
      titleClassName={styles.title}
      work={
        <ul className={styles.facts}>
          <li className={styles.text}>{words("kiosk.ways-text")}</li>
          <li className={styles.text}>{words("kiosk.ways-again")}</li>
          <li className={styles.text}>{words("kiosk.ways-safe")}</li>
        </ul>
      }
      lower={
        <>
          <Totals label="kiosk.to-pay" />
          <KioskKey
            icon={Store}
            label={words("kiosk.ways-go")}
            second={words("kiosk.ways-go-second")}
            onPress={() => leave("shopper")}
          />
          <KioskMainKey
            icon={Wallet}
            title={words("kiosk.ways-stay")}
            second={words("kiosk.ways-stay-second")}
            onPress={closePanel}
          />
        </>
      }
    />
  );
}
