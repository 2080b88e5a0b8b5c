import { UserRoundCheck } from "lucide-react";
import { useClock, useNow } from "../shared/clock.tsx";
import { classNames } from "../shared/class-names.ts";
import { formatDay } from "../shared/format.ts";
import type { EntryKey } from "../shared/number-entry.ts";
import { useTillSession, useTillSnapshot } from "../shared/till-session.tsx";
import { useLocale, useWords } from "../shared/words/intl.tsx";
import { TillError } from "../../main/contract/errors.ts";
import { NumberPanel } from "./number-panel.tsx";
import styles from "./number-panel.module.css";
import { closePanel, setView, useView } from "./view.ts";

const fewestDigits = 4;
const mostDigits = 8;

/** A PIN is digits and no number: a nought in front counts. */
function typedPin(entry: string, key: EntryKey): string {
  if (key === "clear") return "";
  if (key === "back") return entry.slice(0, -1);
  return /^\d$/.test(key) && entry.length < mostDigits ? entry + key : entry;
}

/** A person of the shop has looked at the shopper's age and says so with a PIN. Nothing of it is shown but how long it is. */
export function PinPanel() {
  const words = useWords();
  const locale = useLocale();
  const session = useTillSession();
  const { basket } = useTillSnapshot();
  const pin = useView((view) => view.entry);
  const waitUntilMs = useView((view) => view.pinWaitUntilMs);
  const clock = useClock();
  const nowMs = useNow(1000);
  const waitSeconds = Math.max(0, Math.ceil((waitUntilMs - nowMs) / 1000));
  const bornOn = formatDay(basket.age?.bornOnOrBefore ?? "1970-01-01", locale);
  const confirm = async () => {
    setView({ entry: "" });
    try {
      await session.call("basket.confirm-age", { saleId: basket.saleId, pin });
      closePanel();
    } catch (error) {
      if (!(error instanceof TillError)) throw error;
      const seconds = error.params["seconds"];
      setView({
        fault: { code: error.code, params: { ...error.params } },
        ...(typeof seconds === "number" ? { pinWaitUntilMs: clock() + seconds * 1000 } : {}),
      });
    }
  };
  let reason: string | undefined;
  if (waitSeconds > 0) reason = words("kiosk.pin-wait", { seconds: waitSeconds });
  else if (pin.length < fewestDigits) reason = words("kiosk.pin-missing");
  return (
    <NumberPanel
      title={words("kiosk.pin-title", { date: bornOn })}
      text={words("kiosk.pin-text")}
      spoken={words("kiosk.pin-typed", { count: pin.length })}
      readout={
        <span className={styles.dots}>
          {Array.from({ length: Math.max(fewestDigits, pin.length) }, (_, index) => (
            <span key={index} className={classNames(styles.dot, index < pin.length && styles.filled)} />
          ))}
        </span>
      }
      typed={typedPin}
      mainKey={{
        icon: UserRoundCheck,
        title: waitSeconds > 0 ? words("kiosk.pin-wait", { seconds: waitSeconds }) : words("kiosk.pin-key"),
        second: words(waitSeconds > 0 ? "kiosk.pin-wait-second" : "kiosk.pin-key-second"),
        reason,
        take: () => void confirm(),
      }}
    />
  );
}
