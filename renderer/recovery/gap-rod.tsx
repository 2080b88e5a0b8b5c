import type { RecoveryView } from "../../main/contract/recovery.ts";
import { classNames } from "../shared/class-names.ts";
import { useWords } from "../shared/words/intl.tsx";
import type { FaultFacts } from "./fault-facts.ts";
import styles from "./gap-rod.module.css";

/** A rod holds so many beads; the words under it carry the count. */
const mostHollow = 3;

/** Where the ledger ends: what is here, what is missing, and the beam where the last receipt was. */
export function GapRod({ stand, facts }: { stand: RecoveryView; facts: FaultFacts }) {
  const words = useWords();
  const { fault, recovered } = stand;
  // With the key alone missing nothing of the ledger is, and nothing is once it has come back.
  if (fault === undefined || fault.code === "ledger.key-missing" || recovered === "restored") return null;
  const isDamaged = fault.code === "ledger.damaged";
  const hollow = Math.min(mostHollow, Math.max(1, facts.missingSales));
  return (
    <ol className={styles.rod} aria-label={words("recovery.rod")}>
      <li className={styles.stop}>
        <span className={styles.mark} aria-hidden>
          <Beads count={3} className={styles.here} />
        </span>
        <span className={styles.name}>{words("recovery.rod-here")}</span>
        <span className={styles.word}>{words(isDamaged ? "recovery.rod-read" : "recovery.rod-whole")}</span>
      </li>
      <li className={classNames(styles.stop, styles.gap)}>
        <span className={styles.mark} aria-hidden>
          {isDamaged ? (
            <span className={classNames(styles.bead, styles.broken)}>!</span>
          ) : (
            <Beads count={hollow} className={styles.hollow} />
          )}
        </span>
        <span className={styles.name}>{isDamaged ? words("recovery.rod-part") : facts.missing}</span>
        <span className={styles.word}>{words(isDamaged ? "recovery.rod-broken" : "recovery.rod-missing")}</span>
      </li>
      <li className={classNames(styles.stop, styles.last)}>
        <span className={styles.mark} aria-hidden>
          <span className={styles.beam} />
        </span>
        <span className={classNames(styles.name, styles.code)}>
          {facts.receipt === "" ? words("recovery.rod-end") : facts.receipt}
        </span>
        {facts.receipt !== "" && <span className={styles.word}>{words("recovery.rod-receipt")}</span>}
      </li>
    </ol>
  );
}

function Beads({ count, className }: { count: number; className: string | undefined }) {
  return Array.from({ length: count }, (_, index) => (
    <span key={index} className={classNames(styles.bead, className)} />
  ));
}
