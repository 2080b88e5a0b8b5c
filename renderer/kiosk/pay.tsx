import { Banknote, Clock3, Store, WifiOff } from "lucide-react";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { KioskKey } from "./kiosk-key.tsx";
import { Notices } from "./notices.tsx";
import { PayDrawing } from "./pay-drawing.tsx";
import styles from "./pay.module.css";
import { Screen } from "./screen.tsx";
import { Totals } from "./totals.tsx";
import { openPanel } from "./view.ts";

/** The wallet code is to be shown to the scanner. There is nothing to touch; the scanner hears at any time. */
export function Pay() {
  const words = useWords();
  const { sync, undoing, notice } = useTillSnapshot();
  const isOffline = sync.state !== "online";
  return (
    <Screen
      title={words(isOffline ? "kiosk.offline-title" : "kiosk.pay-title")}
      titleClassName={styles.title}
      isDrawn
      work={
        <>
          {isOffline ? <OfflineWays /> : <Ready />}
          {undoing !== undefined && notice === undefined && <p className={styles.undoing}>{words("kiosk.undoing")}</p>}
          {/* What the whole screen says already is not said twice. */}
          {!(isOffline && notice?.fault.code === "wallet.needs-network") && <Notices />}
        </>
      }
      lower={
        <>
          <Totals label="kiosk.to-pay" />
          <KioskKey
            className={styles.till}
            icon={Banknote}
            label={words("kiosk.pay-till")}
            second={words("kiosk.pay-till-second")}
            onPress={() => openPanel({ kind: "other-ways" })}
          />
          <p className={styles.hurry}>{words("kiosk.pay-hurry")}</p>
        </>
      }
    />
  );
}

function Ready() {
  const words = useWords();
  return (
    <>
      <p className={styles.ready}>
        <span className={styles.rod} aria-hidden="true" />
        {words("kiosk.pay-ready")}
      </p>
      <PayDrawing className={styles.drawing} title={words("kiosk.pay-phone")} text={words("kiosk.pay-code")} />
    </>
  );
}

/** No wallet without the network: what is so, and the two ways that exist. */
function OfflineWays() {
  const words = useWords();
  const formats = useFormats();
  const { sync } = useTillSnapshot();
  return (
    <div className={styles.offline}>
      <p className={styles.offlineText}>
        <WifiOff className={styles.offlineIcon} strokeWidth={1.75} aria-hidden />
        {sync.offlineSince === undefined
          ? words("kiosk.offline-text-now")
          : words("kiosk.offline-text", { time: formats.time(sync.offlineSince) })}
      </p>
      <ul className={styles.ways}>
        <li className={styles.way}>
          <Clock3 className={styles.offlineIcon} strokeWidth={1.75} aria-hidden />
          <span>
            <strong>{words("kiosk.offline-wait")}</strong>
            <br />
            {words("kiosk.offline-wait-text")}
          </span>
        </li>
        <li className={styles.way}>
          <Store className={styles.offlineIcon} strokeWidth={1.75} aria-hidden />
          <span>
            <strong>{words("kiosk.offline-cash")}</strong>
            <br />
            {words("kiosk.offline-cash-text")}
          </span>
        </li>
      </ul>
    </div>
  );
}
