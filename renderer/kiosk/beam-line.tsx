import { Check, Trash2 } from "lucide-react";
import { Button } from "react-aria-components";
import type { BasketLine } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { useStep } from "../shared/use-step.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./beam-line.module.css";
import { LineFacts, useNeedsPerson } from "./items.tsx";
import { KioskKey, KioskSymbolKey } from "./kiosk-key.tsx";
import { LinePicture } from "./line-picture.tsx";
import { useAct } from "./use-act.ts";
import { openPanel } from "./view.ts";

/** The item that lies on the beam: the newest, or the one that was touched. It alone can be changed. */
export function BeamLine(props: { line: BasketLine; isNewest: boolean; hasStepper: boolean }) {
  const { line, isNewest } = props;
  const words = useWords();
  const formats = useFormats();
  const needsPerson = useNeedsPerson(line);
  return (
    <div
      className={classNames(
        styles.line,
        !isNewest && styles.chosen,
        needsPerson && styles.person,
        line.picture === undefined && styles.bare,
      )}
    >
      <span className={styles.bead} />
      <LinePicture hash={line.picture} className={styles.picture} />
      <div className={styles.words}>
        <p className={styles.added}>
          {isNewest && <Check className={styles.tick} strokeWidth={2.5} aria-hidden />}
          {words(isNewest ? "kiosk.added" : "kiosk.chosen")}
        </p>
        <p className={styles.name}>{formats.name(line.name)}</p>
        <LineFacts line={line} />
      </div>
      <div className={styles.end}>
        <p className={styles.price}>{formats.money(line.totalMinor)}</p>
        {props.hasStepper && <Stepper line={line} />}
      </div>
    </div>
  );
}

/** One fewer, how many, one more; at one piece and for weighed goods the way out of the list. */
export function Stepper({ line }: { line: BasketLine }) {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const name = formats.name(line.name);
  const { lineId, quantity } = line;
  const step = useStep(act, lineId, quantity);
  const remove = (
    <KioskKey
      className={quantity === undefined ? styles.remove : styles.step}
      icon={Trash2}
      label={quantity === undefined ? words("kiosk.remove") : ""}
      name={words("kiosk.remove-name", { name })}
      onPress={() => void act("basket.remove-line", { lineId })}
    />
  );
  if (quantity === undefined) return <div className={styles.stepper}>{remove}</div>;
  return (
    <div className={styles.stepper}>
      {quantity === 1 ? (
        remove
      ) : (
        <KioskSymbolKey
          className={styles.step}
          symbol="−"
          name={words("kiosk.fewer", { name })}
          onPress={() => step(-1)}
        />
      )}
      <Button
        className={styles.count ?? ""}
        aria-label={words("kiosk.quantity", { quantity, name })}
        onPress={() => openPanel({ kind: "quantity", lineId, name })}
      >
        {quantity}
      </Button>
      <KioskSymbolKey className={styles.step} symbol="+" name={words("kiosk.more", { name })} onPress={() => step(1)} />
    </div>
  );
}
