import { Check } from "lucide-react";
import { Button } from "react-aria-components";
import type { Basket, BasketLine } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { Key, SymbolKey } from "../shared/components/key.tsx";
import { formatCode } from "../shared/format.ts";
import { useStep } from "../shared/use-step.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./beam-line.module.css";
import { isAgeOpen } from "./line-amounts.ts";
import { hasFacts, LineFacts } from "./line-facts.tsx";
import { DepositSum, LinePrice } from "./line-price.tsx";
import { useAct } from "./till.tsx";
import { closePanel, openLine, openPanel, useView } from "./view.ts";

/** The line that lies on the beam: the newest, or the one that was touched. It alone can be changed, in one place. */
export function BeamLine({ line, basket, isNewest }: { line: BasketLine; basket: Basket; isNewest: boolean }) {
  const words = useWords();
  const formats = useFormats();
  const isOpen = useView((view) => view.panel?.kind === "line");
  const name = formats.name(line.name);
  const isAttention = isAgeOpen(line, basket);
  const facts = hasFacts(line);
  return (
    <div className={classNames(styles.line, !isNewest && styles.selected, isAttention && styles.attention)}>
      {/* The whole line is the key that opens what can be done with it; the stepper lies on top. */}
      <Button
        className={styles.open ?? ""}
        aria-label={words("bill.change", { name })}
        aria-expanded={isOpen}
        data-shortcut="line"
        onPress={() => (isOpen ? closePanel() : openLine(line.lineId))}
      />
      <span className={styles.bead} />
      <div className={styles.row}>
        <span className={styles.name}>{name}</span>
        <LinePrice line={line} isLarge />
      </div>
      {facts && (
        <div className={classNames(styles.row, styles.middle)}>
          <LineFacts line={line} basket={basket} />
          <DepositSum line={line} />
        </div>
      )}
      <div className={classNames(styles.row, styles.last)}>
        <span className={styles.facts}>
          {isNewest && !isAttention && (
            <span className={styles.added}>
              <Check size={20} strokeWidth={2.5} aria-hidden />
              {words("bill.added")}
            </span>
          )}
          {line.code !== undefined && (!facts || !isNewest) && (
            <span className={styles.code}>{formatCode(line.code)}</span>
          )}
        </span>
        <Stepper line={line} />
      </div>
    </div>
  );
}

function Stepper({ line }: { line: BasketLine }) {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const name = formats.name(line.name);
  const { lineId, quantity } = line;
  const step = useStep(act, lineId, quantity);
  const remove = (
    <Key
      className={styles.remove}
      label={words("bill.remove")}
      shortcut="remove"
      name={words("bill.remove-name", { name })}
      onPress={() => void act("basket.remove-line", { lineId })}
    />
  );
  if (quantity === undefined) return <div className={styles.stepper}>{remove}</div>;
  return (
    <div className={styles.stepper}>
      {quantity === 1 ? (
        remove
      ) : (
        <SymbolKey
          className={styles.step}
          symbol="−"
          shortcut="fewer"
          name={words("bill.fewer", { name })}
          onPress={() => step(-1)}
        />
      )}
      <Button
        className={styles.count ?? ""}
        aria-label={words("bill.quantity", { quantity, name })}
        onPress={() => openPanel({ kind: "quantity", lineId, name, priceMinor: line.unitPriceMinor })}
      >
        {quantity}
      </Button>
      <SymbolKey
        className={styles.step}
        symbol="+"
        shortcut="more"
        name={words("bill.more", { name })}
        onPress={() => step(1)}
      />
    </div>
  );
}
