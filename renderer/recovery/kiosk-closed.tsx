import { UserRoundCog } from "lucide-react";
import type { Locale } from "../../main/contract/snapshot.ts";
import { KioskKey } from "../kiosk/kiosk-key.tsx";
import kiosk from "../kiosk/kiosk-page.module.css";
import { Said } from "../kiosk/said.tsx";
import { classNames } from "../shared/class-names.ts";
import { CountingFrame } from "../shared/components/counting-frame.tsx";
import { BusyRod } from "../shared/components/rod.tsx";
import styles from "./kiosk-closed.module.css";
import { KioskPin } from "./kiosk-pin.tsx";
import { KioskNames } from "./kiosk-names.tsx";
import { useStand } from "./recovery-session.tsx";
import { openPad, useView } from "./view.ts";

const locales: readonly Locale[] = ["zh-CN", "en"];

/** The kiosk: closed for the moment, where to pay instead, and a key for the shop's people. In both languages at once. */
export function KioskClosed() {
  const { state, canApprove } = useStand();
  const isOpen = useView((view) => view.isApproving);
  if (isOpen && canApprove && state !== "done") return <KioskPin />;
  return (
    <div className={classNames(kiosk.sizes, kiosk.kiosk, styles.page)}>
      <KioskNames />
      <main className={styles.work}>
        <CountingFrame className={styles.frame} isAtRest />
        <h1 className={styles.languages}>
          {locales.map((locale) => (
            <span key={locale} className={styles.title}>
              <Said locale={locale} text="recovery.kiosk-title" />
            </span>
          ))}
        </h1>
        <div className={styles.languages}>
          {locales.map((locale) => (
            <p key={locale} className={styles.text}>
              <Said locale={locale} text="recovery.kiosk-text" />
            </p>
          ))}
        </div>
        <p className={styles.again} role="status">
          <BusyRod />
          <span>
            <Said locale="zh-CN" text="recovery.opens-again" /> · <Said locale="en" text="recovery.opens-again" />
          </span>
        </p>
      </main>
      {canApprove && state !== "done" && (
        <nav className={styles.footer}>
          <KioskKey
            className={styles.staff}
            icon={UserRoundCog}
            label={<Said locale="zh-CN" text="recovery.kiosk-staff" />}
            second={<Said locale="en" text="recovery.kiosk-staff" />}
            onPress={openPad}
          />
        </nav>
      )}
    </div>
  );
}
