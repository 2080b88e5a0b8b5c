import { HandCoins } from "lucide-react";
import { useState } from "react";
import { minorDigits } from "../../sync/protocol/money.ts";
import { Key } from "../shared/components/key.tsx";
import { unitsOf } from "../shared/number-entry.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useCounterAct, useCounterSnapshot, useStation } from "./counter.tsx";
import styles from "./drawer.module.css";
import { Panel } from "./panel.tsx";
import panel from "./panel.module.css";
import shelf from "./shelf.module.css";

/** The cash drawer. The till opens it; the cashier's hands put money in, give change and shut it. A kiosk has none. */
export function Drawer() {
  const words = useWords();
  const formats = useFormats();
  const { drawer } = useStation();
  if (drawer === undefined) return null;
  const amount = formats.money(drawer.cashMinor);
  const isOpen = drawer.state === "open";
  return (
    <Panel
      isSlim={!isOpen}
      title={words("counter.drawer")}
      state={words(isOpen ? "counter.drawer-open" : "counter.drawer-closed", { amount })}
    >
      {isOpen && <Hands />}
    </Panel>
  );
}

function Hands() {
  const words = useWords();
  const formats = useFormats();
  const act = useCounterAct();
  const { tray } = useCounterSnapshot();
  return (
    <>
      <div className={styles.hands}>
        <Key
          className={panel.action}
          label={words("counter.put-in")}
          second={formats.money(tray.totalMinor)}
          reason={tray.totalMinor === 0 ? words("counter.tray-is-empty") : undefined}
          onPress={() => void act("drawer.put-in", {})}
        />
        <Key
          className={panel.action}
          label={words("counter.drawer-close")}
          onPress={() => void act("drawer.close", {})}
        />
      </div>
      <Change />
    </>
  );
}

/** An amount as it is typed, in minor units; 0 for what is none, and for more decimals than the currency has. */
function minorOf(typed: string, decimals: number): number {
  const [whole, fraction = ""] = /^(\d{1,6})(?:[.,](\d+))?$/.exec(typed.trim())?.slice(1) ?? [];
  return whole === undefined || fraction.length > decimals ? 0 : unitsOf(`${whole}.${fraction}`, decimals);
}

function Change() {
  const words = useWords();
  const act = useCounterAct();
  const { currency } = useCounterSnapshot();
  const [typed, setTyped] = useState("");
  const amountMinor = minorOf(typed, minorDigits(currency));
  const give = () => {
    if (amountMinor === 0) return;
    void act("drawer.give", { amountMinor });
    setTyped("");
  };
  return (
    <form
      className={styles.change}
      onSubmit={(event) => {
        event.preventDefault();
        give();
      }}
    >
      <input
        className={shelf.input}
        inputMode="decimal"
        aria-label={words("counter.change")}
        placeholder={words("counter.change")}
        autoComplete="off"
        maxLength={9}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Key
        className={panel.action}
        icon={HandCoins}
        label={words("counter.give")}
        reason={amountMinor === 0 ? words("counter.give-none") : undefined}
        onPress={give}
      />
    </form>
  );
}
