import { useState } from "react";
import type { CounterSnapshot } from "../../main/contract/counter.ts";
import { classNames } from "../shared/class-names.ts";
import { useNow } from "../shared/clock.tsx";
import { Key } from "../shared/components/key.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useCounterAct, useCounterSnapshot, useStation } from "./counter.tsx";
import styles from "./phone.module.css";
import { Qr } from "./qr.tsx";

type PayCode = NonNullable<CounterSnapshot["payCode"]>;

/** How long a pay code is shown; the rod's full length. */
const codeLifetimeMs = 60_000;

/** The shopper's phone: who pays, the code, how long it is good for, and the hand that holds it under the scanner. */
export function Phone() {
  const words = useWords();
  const formats = useFormats();
  const act = useCounterAct();
  const { shoppers, payCode } = useCounterSnapshot();
  const { id: station } = useStation();
  const [chosen, setChosen] = useState<string | null>(null);
  const shopper = shoppers.find((each) => each.id === (chosen ?? payCode?.shopperId)) ?? shoppers[0];
  const code = payCode !== undefined && payCode.shopperId === shopper?.id ? payCode : undefined;
  return (
    <section className={styles.phone} aria-label={words("counter.phone")}>
      <h2 className={styles.title}>{words("counter.phone")}</h2>
      <div className={styles.head}>
        <select
          className={styles.shoppers}
          aria-label={words("counter.shopper")}
          value={shopper?.id ?? ""}
          onChange={(event) => setChosen(event.target.value)}
        >
          {shoppers.map((each) => (
            <option key={each.id} value={each.id}>
              {formats.name(each.name)}
            </option>
          ))}
        </select>
        {shopper !== undefined && <p>{words("counter.balance", { amount: formats.money(shopper.balanceMinor) })}</p>}
      </div>
      <div className={styles.card}>
        <h3 className={styles.cardTitle}>{words("counter.code-title")}</h3>
        {code === undefined ? <p className={styles.blank}>{words("counter.code-none")}</p> : <Code code={code} />}
      </div>
      <div className={styles.keys}>
        <Key
          className={styles.key}
          label={words("counter.show-code")}
          onPress={() => {
            if (shopper !== undefined) void act("shopper.show-code", { shopperId: shopper.id });
          }}
        />
        <Key
          className={styles.key}
          label={words("counter.hold")}
          reason={code === undefined ? words("counter.hold-none") : undefined}
          onPress={() => void act("shopper.scan-code", { station })}
        />
      </div>
    </section>
  );
}

function Code({ code }: { code: PayCode }) {
  const words = useWords();
  const now = useNow(250);
  const leftMs = Math.max(0, code.expiresAt - now);
  const gone = Math.min(1, Math.max(0, 1 - leftMs / codeLifetimeMs));
  const isStale = code.used || leftMs === 0;
  let text = words("counter.code-left");
  if (code.used) text = words("counter.code-used");
  else if (leftMs === 0) text = words("counter.code-old");
  return (
    <>
      <div className={classNames(isStale && styles.stale)}>
        <Qr rows={code.rows} name={words("counter.code-image")} mostPixels={4} />
      </div>
      <div className={styles.rod} aria-hidden="true">
        <span className={styles.wire} />
        <span className={styles.run} style={{ width: `${gone * 92}%` }} />
        <span className={styles.bead} style={{ insetInlineStart: `${4 + gone * 88}%` }} />
        <span className={styles.beam} />
      </div>
      <p className={styles.row}>
        <span>{text}</span>
        {!isStale && <strong>{words("counter.seconds", { seconds: Math.ceil(leftMs / 1000) })}</strong>}
      </p>
    </>
  );
}
