import { ArrowRight, Check, Eye } from "lucide-react";
import { useState } from "react";
import type { LedgerCareView } from "../../../main/contract/manager.ts";
import { classNames } from "../../shared/class-names.ts";
import { Key } from "../../shared/components/key.tsx";
import { useWords } from "../../shared/words/intl.tsx";
import { Refusal } from "../parts/outcome.tsx";
import { useTimes } from "../parts/use-times.ts";
import { useAction } from "../till.tsx";
import { incidentWords, type Incident } from "./incident-words.ts";
import styles from "./incidents.module.css";

/** Seen ones that stand in view until somebody asks for all. */
const shownSeen = 3;

/** What happened to the ledger, the newest first; what nobody has looked at stands out until somebody says so. */
export function Incidents({ care: { incidents, unseen } }: { care: LedgerCareView }) {
  const words = useWords();
  const seen = useAction("ledger.incidents-seen");
  const [isWhole, setWhole] = useState(false);
  const [newest] = incidents;
  const shown = isWhole ? incidents : incidents.slice(0, unseen + shownSeen);
  return (
    <section className={styles.part} aria-labelledby="incidents">
      <header className={styles.head}>
        <div>
          <h2 id="incidents" className={styles.heading}>
            {words("manager.incidents")}
          </h2>
          {unseen > 0 && <p className={styles.new}>{words("manager.incidents-new", { count: unseen })}</p>}
        </div>
        {unseen > 0 && newest !== undefined && (
          <Key
            className={styles.seen}
            icon={Eye}
            label={words(seen.isBusy ? "manager.incidents-marking" : "manager.incidents-seen")}
            onPress={() => void seen.run({ upToSeq: newest.seq })}
          />
        )}
      </header>
      {seen.fault !== null && <Refusal fault={seen.fault} onDismiss={seen.clear} />}
      {newest === undefined ? (
        <p className={styles.nothing}>
          <Check size={20} aria-hidden />
          {words("manager.incidents-none")}
        </p>
      ) : (
        <ol className={styles.list}>
          {shown.map((incident, index) => (
            <li key={incident.seq}>
              <Row incident={incident} isNew={index < unseen} />
            </li>
          ))}
        </ol>
      )}
      {shown.length < incidents.length && (
        <Key
          className={styles.all}
          label={words("manager.incidents-all", { count: incidents.length })}
          onPress={() => setWhole(true)}
        />
      )}
    </section>
  );
}

function Row({ incident, isNew }: { incident: Incident; isNew: boolean }) {
  const words = useWords();
  const times = useTimes();
  const { seq, at, code, detail } = incident;
  const { title, means, todo } = incidentWords(incident);
  return (
    <article className={classNames(styles.row, isNew && styles.isNew)}>
      <span className={styles.bead} aria-hidden>
        {isNew ? "!" : ""}
      </span>
      <div className={styles.words}>
        <h3 className={styles.title}>
          {isNew && <span className={styles.hidden}>{words("manager.incident-new")}: </span>}
          {words(title)}
        </h3>
        <p className={styles.step}>
          <Check size={20} aria-hidden />
          {words(means)}
        </p>
        <p className={styles.step}>
          <ArrowRight size={20} aria-hidden />
          {words(todo)}
        </p>
        <p className={styles.where}>{words("manager.incident-where", { when: times.when(at), seq, code })}</p>
        {detail !== "" && <p className={styles.where}>{words("manager.incident-detail", { detail })}</p>}
      </div>
    </article>
  );
}
