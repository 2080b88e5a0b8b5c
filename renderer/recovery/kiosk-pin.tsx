import { KeyRound, Languages, RefreshCw, Undo2 } from "lucide-react";
import { useEffect } from "react";
import { wordsOfFault } from "../../main/contract/words/index.ts";
import { DigitPad } from "../kiosk/digit-pad.tsx";
import { KioskKey, KioskMainKey } from "../kiosk/kiosk-key.tsx";
import kiosk from "../kiosk/kiosk-page.module.css";
import number from "../kiosk/number-panel.module.css";
import { classNames } from "../shared/class-names.ts";
import { Notice } from "../shared/components/notice.tsx";
import { useLocale, useWords } from "../shared/words/intl.tsx";
import { KioskNames } from "./kiosk-names.tsx";
import styles from "./kiosk-pin.module.css";
import { useRecoverySession, useStand } from "./recovery-session.tsx";
import { usePinPad, type PinPad } from "./use-pin-pad.ts";
import { closePad, useView } from "./view.ts";

/** At a kiosk the shop's people stand where shoppers do: they read what a PIN means, and nothing of what is missing. */
export function KioskPin() {
  const words = useWords();
  const pad = usePinPad();
  const fault = useView((view) => view.fault);
  const locale = useLocale();
  const title = words("recovery.pin-title");
  useEffect(() => document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true }), []);
  return (
    <div className={classNames(kiosk.sizes, kiosk.kiosk)}>
      <div className={kiosk.header}>
        <KioskNames />
      </div>
      <main className={kiosk.work}>
        <h1 tabIndex={-1} className={number.title}>
          {title}
        </h1>
        <div className={number.panel}>
          <ul className={styles.facts}>
            <li>{words("recovery.pin-text")}</li>
            <li>{words("recovery.means-new")}</li>
            <li>{words("recovery.means-kept")}</li>
          </ul>
          {fault !== null && <Notice tone="attention" className={styles.notice} {...wordsOfFault(fault, locale)} />}
          <div className={number.readout}>
            <output className={number.typed} aria-label={words("recovery.pin-typed", { count: pad.digits })}>
              <span className={number.dots}>
                {Array.from({ length: pad.places }, (_, index) => (
                  <span key={index} className={classNames(number.dot, index < pad.digits && number.filled)} />
                ))}
              </span>
            </output>
          </div>
          <DigitPad hasPoint={false} onKey={pad.type} />
        </div>
      </main>
      <div className={kiosk.beam} />
      <section className={kiosk.lower} aria-label={title}>
        <ApproveKey pad={pad} />
      </section>
      <div className={kiosk.footer}>
        <Footer />
      </div>
    </div>
  );
}

function ApproveKey({ pad }: { pad: PinPad }) {
  const words = useWords();
  if (pad.isBusy) {
    return <KioskMainKey kind="busy" title={words("recovery.pin-busy")} second={words("recovery.opening-second")} />;
  }
  const isWaiting = pad.waitSeconds > 0;
  const [title, second] = isWaiting
    ? [words("recovery.pin-wait", { seconds: pad.waitSeconds }), words("recovery.pin-wait-second")]
    : [words("recovery.pin-key"), words(pad.isWhole ? "recovery.pin-key-second" : "recovery.pin-listen-second")];
  const reason = isWaiting || !pad.isWhole ? second : undefined;
  return <KioskMainKey icon={KeyRound} title={title} second={second} reason={reason} onPress={pad.approve} />;
}

function Footer() {
  const words = useWords();
  const session = useRecoverySession();
  const { state } = useStand();
  const other = useLocale() === "en" ? "zh-CN" : "en";
  return (
    <nav className={styles.footer}>
      <KioskKey
        className={styles.key}
        icon={Languages}
        isStacked
        label={words("recovery.language")}
        // A line that has just gone comes back by itself; the key can be touched again.
        onPress={() => void session.call("recovery.set-locale", { locale: other }).catch(() => undefined)}
      />
      <KioskKey className={styles.key} icon={Undo2} isStacked label={words("recovery.back")} onPress={closePad} />
      <KioskKey
        className={styles.key}
        icon={RefreshCw}
        isStacked
        label={words(state === "working" ? "recovery.trying" : "recovery.try")}
        onPress={() => void session.call("recovery.try-now", {}).catch(() => undefined)}
      />
    </nav>
  );
}
