import { Check, History, MessageCircle, Type, WifiOff, Smartphone } from "lucide-react";
import { useNow } from "../shared/clock.tsx";
import { classNames } from "../shared/class-names.ts";
import { Key } from "../shared/components/key.tsx";
import { BusyRod } from "../shared/components/rod.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { Arrived } from "./arrived.tsx";
import { ScreenHead } from "./frame.tsx";
import { SettingsKey } from "./head-keys.tsx";
import styles from "./pay.module.css";
import type { PayCode } from "./pay-code.ts";
import { useGo, usePhoneState } from "./phone-context.tsx";
import type { CodePlace } from "./phone-state.ts";
import { unbrokenPaymentNumber } from "./payment-number.ts";
import { Qr } from "./qr.tsx";
import { useWhen } from "./use-when.ts";

/** A payment is told under the code for so long after it. */
const lastPaidShownMs = 10 * 60_000;

/** The first screen: the code on white in the upper half, what it is paid from, and the way to chats and history. */
export function Pay() {
  const words = useWords();
  const formats = useFormats();
  const go = useGo();
  const { owner, wallet, arrived, codePlace } = usePhoneState();
  const unread = wallet?.unread ?? 0;
  const name = owner === null ? "" : formats.name(owner.name);
  return (
    <div className={styles.screen}>
      <ScreenHead
        title={words("wallet.pay-title")}
        second={`${name} · ${words("wallet.demo")}`}
        end={<SettingsKey />}
      />
      <div className={styles.scroll}>
        {arrived === null ? (
          <section className={styles.card} aria-label={words("wallet.code-title")}>
            <h2 className={styles.cardTitle}>{words("wallet.code-title")}</h2>
            <Place place={codePlace} />
            <From />
          </section>
        ) : (
          <Arrived move={arrived} />
        )}
        <Truth />
        <nav className={styles.keys} aria-label={words("wallet.pay-title")}>
          <Key
            className={styles.key}
            icon={MessageCircle}
            label={words("wallet.chats")}
            second={unread > 0 ? words("wallet.unread", { count: unread }) : undefined}
            onPress={() => go({ screen: "chats" })}
          />
          <Key
            className={styles.key}
            icon={History}
            label={words("wallet.history")}
            onPress={() => go({ screen: "history" })}
          />
        </nav>
      </div>
    </div>
  );
}

function Place({ place }: { place: CodePlace }) {
  const words = useWords();
  if (place.kind === "shown") return <ShownCode code={place.code} />;
  if (place.kind === "making") {
    return (
      <div className={styles.blank} role="status">
        <BusyRod />
        <p>{words("wallet.code-making")}</p>
      </div>
    );
  }
  const isStore = place.why === "no-store";
  return (
    <div className={styles.blank} role="status">
      <p className={styles.blankTitle}>{words(isStore ? "wallet.no-store" : "wallet.no-certificate")}</p>
      <p>{words(isStore ? "wallet.no-store-todo" : "wallet.no-certificate-todo")}</p>
    </div>
  );
}

function ShownCode({ code }: { code: PayCode }) {
  const words = useWords();
  const now = useNow(500);
  const leftMs = Math.max(0, code.renewAt - now);
  const gone = Math.min(1, Math.max(0, 1 - leftMs / Math.max(1, code.renewAt - code.shownAt)));
  return (
    <>
      <Qr text={code.text} name={words("wallet.code-image")} mostPixels={6} />
      <div className={styles.rod} aria-hidden="true">
        <span className={styles.wire} />
        <span className={styles.run} style={{ width: `${gone * 92}%` }} />
        <span className={styles.bead} style={{ insetInlineStart: `${4 + gone * 88}%` }} />
        <span className={styles.beam} />
      </div>
      <p className={styles.row}>
        <span>{words("wallet.code-once")}</span>
        <strong>{words("wallet.seconds", { seconds: Math.ceil(leftMs / 1000) })}</strong>
      </p>
    </>
  );
}

function From() {
  const words = useWords();
  const formats = useFormats();
  const go = useGo();
  const { wallet, codePlace } = usePhoneState();
  if (wallet === null) return null;
  return (
    <div className={styles.from}>
      <p className={styles.fromWords}>
        <span className={styles.fromLabel}>{words("wallet.paid-from")}</span>
        <strong className={styles.balance}>
          {words("wallet.balance", { amount: formats.money(wallet.balanceMinor) })}
        </strong>
      </p>
      {codePlace.kind === "shown" && (
        <Key
          className={styles.textKey}
          icon={Type}
          label={words("wallet.as-text")}
          onPress={() => go({ screen: "code" })}
        />
      )}
    </div>
  );
}

/** What is so with the signal, and what the last payment was. */
function Truth() {
  const words = useWords();
  const formats = useFormats();
  const when = useWhen();
  const now = useNow(60_000);
  const { signal, moves, arrived } = usePhoneState();
  const last = moves?.find(({ kind }) => kind === "charge");
  const isRecent = last !== undefined && now - Date.parse(last.at) < lastPaidShownMs;
  return (
    <div className={styles.truth}>
      {signal.kind === "away" && (
        <p className={styles.fact} role="status">
          <WifiOff size={24} aria-hidden />
          {words("wallet.away-since", { time: when.time(signal.since) })}
        </p>
      )}
      {arrived === null && isRecent && last.number !== undefined && (
        <p className={classNames(styles.fact, styles.paidFact)}>
          <Check size={24} aria-hidden />
          {words("wallet.last-paid", {
            amount: formats.money(-last.amountMinor),
            time: formats.time(last.at),
            number: unbrokenPaymentNumber(last.number),
          })}
        </p>
      )}
      {arrived === null && (
        <p className={styles.fact}>
          <Smartphone size={24} aria-hidden />
          {words("wallet.made-here")}
        </p>
      )}
    </div>
  );
}
