import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { useWords } from "../shared/words/intl.tsx";
import { faultFacts } from "./fault-facts.ts";
import { NextStep } from "./next-step.tsx";
import { useStand } from "./recovery-session.tsx";
import styles from "./stand-panel.module.css";
import { TenderPlace } from "./tender-place.tsx";
import { WithCode } from "./with-code.tsx";
import type { PinPad } from "./use-pin-pad.ts";

/** What stands where the bill is: what is known above the beam, what is missing below it, and the one next step. */
export function StandPanel({ pad }: { pad: PinPad | null }) {
  const words = useWords();
  const stand = useStand();
  const { missing, missingSales } = faultFacts(words, stand);
  return (
    <section className={styles.panel} aria-label={words("recovery.panel")}>
      <div className={styles.upper}>{pad === null ? <Rows /> : <Meaning missingSales={missingSales} />}</div>
      <div className={styles.beam} />
      <div className={styles.lower}>
        <dl className={styles.sum}>
          <dt className={styles.label}>{words("recovery.missing")}</dt>
          <dd className={styles.amount}>{missing}</dd>
        </dl>
        <TenderPlace isApproving={pad !== null} />
        <div className={styles.next}>
          <NextStep pad={pad} />
        </div>
      </div>
    </section>
  );
}

/** What is known so far. */
function Rows() {
  const words = useWords();
  const { state, taken, ...stand } = useStand();
  const { receipt } = faultFacts(words, stand);
  return (
    <dl className={styles.rows}>
      {receipt !== "" && (
        <Row label={words("recovery.row-receipt")}>
          <WithCode text={receipt} code={receipt} />
        </Row>
      )}
      {taken > 0 && <Row label={words("recovery.row-read")}>{words("recovery.entries", { count: taken })}</Row>}
      {state !== "done" && (
        <Row label={words("recovery.row-platform")}>
          {words(state === "waiting" ? "recovery.platform-silent" : "recovery.platform-asked")}
        </Row>
      )}
    </dl>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <dt>{label}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}

/** What a manager's word means. */
function Meaning({ missingSales }: { missingSales: number }) {
  const words = useWords();
  const facts = [
    words("recovery.means-new"),
    missingSales > 0 ? words("recovery.means-sales", { count: missingSales }) : words("recovery.means-gap"),
    words("recovery.means-kept"),
    words("recovery.means-wallet"),
    words("recovery.means-platform"),
  ];
  return (
    <div className={styles.meaning}>
      <h2 className={styles.heading}>{words("recovery.means")}</h2>
      <ul className={styles.facts}>
        {facts.map((fact) => (
          <li key={fact} className={styles.fact}>
            <Check size={22} strokeWidth={2.5} aria-hidden />
            {fact}
          </li>
        ))}
      </ul>
    </div>
  );
}
