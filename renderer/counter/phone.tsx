import { useState } from "react";
import type { CounterSnapshot } from "../../main/contract/counter.ts";
import { railBehaviours } from "../../sync/protocol/demo-rails.ts";
import { Key } from "../shared/components/key.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useCounterAct, useCounterSnapshot, useStation } from "./counter.tsx";
import { Password } from "./password.tsx";
import { PayCode } from "./pay-code.tsx";
import styles from "./phone.module.css";
import { behaviourWords, walletWords, type CounterRail } from "./rails.ts";

type Shopper = CounterSnapshot["shoppers"][number];

/**
 * The shopper's phone: who pays and with which company's wallet, the code, how long it is good for, and the hand that holds it
 * under the scanner. Where that wallet asks for the password, the question stands in the code's place.
 */
export function Phone() {
  const words = useWords();
  const act = useCounterAct();
  const { shoppers, payCode, rails } = useCounterSnapshot();
  const { id: station } = useStation();
  const [chosen, setChosen] = useState<string | null>(null);
  const [wallet, setWallet] = useState<CounterRail["rail"] | "wallet" | null>(null);
  const shopper = shoppers.find((each) => each.id === (chosen ?? payCode?.shopperId)) ?? shoppers[0];
  const rail = rails.find((each) => each.rail === (wallet ?? payCode?.rail));
  const isShown = payCode?.shopperId === shopper?.id && payCode?.rail === (rail?.rail ?? "wallet");
  const code = isShown ? payCode : undefined;
  const waiting = rail?.waiting.findLast(({ shopperId }) => shopperId === shopper?.id);
  return (
    <section className={styles.phone} aria-label={words("counter.phone")}>
      <h2 className={styles.title}>{words("counter.phone")}</h2>
      <Who shopper={shopper} rail={rail} onShopper={setChosen} onWallet={setWallet} />
      {rail !== undefined && <NextPayment rail={rail} />}
      {rail !== undefined && waiting !== undefined ? (
        <Password rail={rail.rail} order={waiting} />
      ) : (
        <div className={styles.card}>
          <h3 className={styles.cardTitle}>{words("counter.code-title")}</h3>
          {code === undefined ? <p className={styles.blank}>{words("counter.code-none")}</p> : <PayCode code={code} />}
        </div>
      )}
      <div className={styles.keys}>
        <Key
          className={styles.key}
          label={words("counter.show-code")}
          onPress={() => {
            if (shopper === undefined) return;
            const other = rail === undefined ? {} : { rail: rail.rail };
            void act("shopper.show-code", { shopperId: shopper.id, ...other });
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

/** Whose phone it is, which wallet is open on it, and what is in that. */
function Who(props: {
  shopper: Shopper | undefined;
  rail: CounterRail | undefined;
  onShopper(id: string): void;
  onWallet(wallet: CounterRail["rail"] | "wallet"): void;
}) {
  const words = useWords();
  const formats = useFormats();
  const { shoppers, rails } = useCounterSnapshot();
  const { shopper, rail } = props;
  const inRail = rail?.balances.find(({ shopperId }) => shopperId === shopper?.id)?.balanceMinor;
  const balanceMinor = rail === undefined ? shopper?.balanceMinor : inRail;
  return (
    <div className={styles.head}>
      <select
        className={styles.shoppers}
        aria-label={words("counter.shopper")}
        value={shopper?.id ?? ""}
        onChange={(event) => props.onShopper(event.target.value)}
      >
        {shoppers.map((each) => (
          <option key={each.id} value={each.id}>
            {formats.name(each.name)}
          </option>
        ))}
      </select>
      {rails.length > 0 && (
        <select
          className={styles.shoppers}
          aria-label={words("counter.wallet")}
          value={rail?.rail ?? "wallet"}
          onChange={(event) => {
            props.onWallet(rails.find((each) => each.rail === event.target.value)?.rail ?? "wallet");
          }}
        >
          <option value="wallet">{words(walletWords.wallet)}</option>
          {rails.map((each) => (
            <option key={each.rail} value={each.rail}>
              {words(walletWords[each.rail])}
            </option>
          ))}
        </select>
      )}
      {balanceMinor !== undefined && <p>{words("counter.balance", { amount: formats.money(balanceMinor) })}</p>}
    </div>
  );
}

/** What the other company does with the next payment. */
function NextPayment({ rail }: { rail: CounterRail }) {
  const words = useWords();
  const act = useCounterAct();
  return (
    <div className={styles.next}>
      <span aria-hidden>{words("counter.next-payment")}</span>
      <select
        className={styles.shoppers}
        aria-label={words("counter.next-payment")}
        value={rail.behaviour}
        onChange={(event) => {
          const behaviour = railBehaviours.find((each) => each === event.target.value);
          if (behaviour !== undefined) void act("shopper.choose-behaviour", { rail: rail.rail, behaviour });
        }}
      >
        {railBehaviours.map((behaviour) => (
          <option key={behaviour} value={behaviour}>
            {words(behaviourWords[behaviour])}
          </option>
        ))}
      </select>
    </div>
  );
}
