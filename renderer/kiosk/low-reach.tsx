import { ArrowDown, ArrowUp } from "lucide-react";
import type { BasketLine } from "../../main/contract/snapshot.ts";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { Stepper } from "./beam-line.tsx";
import { KioskKey } from "./kiosk-key.tsx";
import styles from "./low-reach.module.css";
import { setView } from "./view.ts";

/** In the low mode nothing of the list has to be reached: the item on the beam is chosen and changed from down here. */
export function LowReach({ line }: { line: BasketLine }) {
  const words = useWords();
  const { basket } = useTillSnapshot();
  const index = basket.lines.findIndex(({ lineId }) => lineId === line.lineId);
  const choose = (step: -1 | 1) => {
    const next = basket.lines[index + step];
    if (next !== undefined) setView({ selectedLineId: next.lineId });
  };
  return (
    <div className={styles.row}>
      <KioskKey className={styles.key} icon={ArrowUp} label={words("kiosk.up")} onPress={() => choose(-1)} />
      <KioskKey className={styles.key} icon={ArrowDown} label={words("kiosk.down")} onPress={() => choose(1)} />
      <Stepper line={line} />
    </div>
  );
}
