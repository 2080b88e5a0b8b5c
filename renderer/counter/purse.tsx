import { Undo2 } from "lucide-react";
import { Button } from "react-aria-components";
import type { CashPile } from "../../main/contract/counter.ts";
import { Key } from "../shared/components/key.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useCounterAct, useCounterSnapshot } from "./counter.tsx";
import { Money } from "./money.tsx";
import { Panel } from "./panel.tsx";
import panel from "./panel.module.css";
import styles from "./purse.module.css";

/** The shopper's money: touched note by note it goes onto the tray, where the cashier can take it. */
export function Purse() {
  const words = useWords();
  const formats = useFormats();
  const act = useCounterAct();
  const { purse, tray } = useCounterSnapshot();
  return (
    <Panel className={styles.purse} title={words("counter.purse-in", { amount: formats.money(purse.totalMinor) })}>
      <p className={panel.label}>{words("counter.purse-hint")}</p>
      <ul className={styles.piles} aria-label={words("counter.purse")}>
        {purse.piles.map((pile) => (
          <li key={pile.valueMinor}>
            <PileKey pile={pile} />
          </li>
        ))}
      </ul>
      <section className={styles.tray} aria-label={words("counter.tray")}>
        <h3 className={styles.trayTitle}>{words("counter.tray")}</h3>
        <ul className={styles.laid}>
          {tray.piles.map(({ valueMinor, count }) => (
            <li key={valueMinor} className={styles.pile}>
              <Money valueMinor={valueMinor} />
              <span className={styles.count}>{words("counter.pieces", { count })}</span>
            </li>
          ))}
        </ul>
        {tray.totalMinor === 0 && <p className={styles.empty}>{words("counter.tray-empty")}</p>}
        <output className={styles.sum}>{formats.money(tray.totalMinor)}</output>
      </section>
      <Key
        className={panel.action}
        icon={Undo2}
        label={words("counter.take-back")}
        reason={tray.totalMinor === 0 ? words("counter.tray-is-empty") : undefined}
        onPress={() => void act("purse.take-back", {})}
      />
    </Panel>
  );
}

function PileKey({ pile: { valueMinor, count } }: { pile: CashPile }) {
  const words = useWords();
  const formats = useFormats();
  const act = useCounterAct();
  const isGone = count === 0;
  return (
    <Button
      className={styles.key ?? ""}
      aria-disabled={isGone}
      aria-label={words("counter.lay-down", { value: formats.note(valueMinor), count })}
      onPress={() => {
        if (!isGone) void act("purse.lay-down", { valueMinor });
      }}
    >
      <Money valueMinor={valueMinor} isGone={isGone} />
      <span className={styles.count}>{words("counter.pieces", { count })}</span>
    </Button>
  );
}
