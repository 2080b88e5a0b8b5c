import { BellRing, HandHelping, ListMinus, UserRoundCheck } from "lucide-react";
import { useClock } from "../shared/clock.tsx";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./check.module.css";
import { KioskKey, KioskMainKey } from "./kiosk-key.tsx";
import { LinePicture } from "./line-picture.tsx";
import { Notices } from "./notices.tsx";
import { Screen } from "./screen.tsx";
import { Totals } from "./totals.tsx";
import { useAct } from "./use-act.ts";
import { openPanel, setView, useView } from "./view.ts";

/** What a person has to look at before payment, all of it at once; or it is left out, and nobody is needed. */
export function Check() {
  const words = useWords();
  const formats = useFormats();
  const clock = useClock();
  const act = useAct();
  const { basket } = useTillSnapshot();
  const isCalled = useView((view) => view.helpCalledMs !== null);
  const lines = basket.lines.filter((line) => line.ageMinimum !== undefined);
  const lessMinor = lines.reduce((sum, line) => sum + line.totalMinor + (line.deposit?.totalMinor ?? 0), 0);
  return (
    <Screen
      title={words("kiosk.check-title")}
      titleClassName={styles.title}
      isDrawn
      work={
        <>
          <p className={styles.text}>{words("kiosk.check-text", { years: basket.age?.minimum ?? 0 })}</p>
          <ul className={styles.lines}>
            {lines.map((line) => (
              <li key={line.lineId} className={styles.line}>
                <LinePicture hash={line.picture} className={styles.picture} />
                <span className={styles.name}>
                  {(line.quantity ?? 1) > 1 && `${line.quantity} × `}
                  {formats.name(line.name)}
                </span>
                <span className={styles.price}>{formats.money(line.totalMinor)}</span>
              </li>
            ))}
          </ul>
          <Notices />
        </>
      }
      lower={
        <>
          <Totals label="kiosk.to-pay" />
          <div className={styles.keys}>
            <KioskKey
              icon={ListMinus}
              label={words("kiosk.check-leave")}
              second={words("kiosk.check-leave-second", { amount: formats.money(lessMinor) })}
              onPress={() => void act("basket.remove-age-limited", { saleId: basket.saleId })}
            />
            <KioskKey
              icon={UserRoundCheck}
              label={words("kiosk.check-staff")}
              second={words("kiosk.check-staff-second")}
              onPress={() => openPanel({ kind: "pin" })}
            />
          </div>
          {isCalled ? (
            <div className={styles.coming} role="status">
              <BellRing className={styles.bell} strokeWidth={1.75} aria-hidden />
              {words("kiosk.check-coming")}
            </div>
          ) : (
            <KioskMainKey
              icon={HandHelping}
              title={words("kiosk.check-call")}
              second={words("kiosk.check-call-second")}
              onPress={() => setView({ helpCalledMs: clock() })}
            />
          )}
        </>
      }
    />
  );
}
