import type { LedgerCareView } from "../../../main/contract/manager.ts";
import type { WordKey } from "../../shared/words/en.ts";
import { useWords } from "../../shared/words/intl.tsx";
import styles from "./older-ledgers.module.css";

const reasons: Readonly<Record<string, WordKey>> = {
  "entries-missing": "manager.older-entries",
  damaged: "manager.older-damaged",
  "key-missing": "manager.older-key",
};

/** The ledgers that this till went on from, the newest first, and what is missing between them. */
export function OlderLedgers({ older }: { older: LedgerCareView["older"] }) {
  const words = useWords();
  if (older.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="older-ledgers">
      <h2 id="older-ledgers" className={styles.heading}>
        {words("manager.older")}
      </h2>
      <p className={styles.second}>{words("manager.older-second")}</p>
      <ol className={styles.list}>
        {older.map((each) => (
          <li key={each.ledger} className={styles.row}>
            <Ledger {...each} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Ledger({ ledger, seq, reason, missing, receiptCode, approvedBy }: LedgerCareView["older"][number]) {
  const words = useWords();
  const why = Object.hasOwn(reasons, reason) ? (reasons[reason] ?? "manager.older-other") : "manager.older-other";
  return (
    <>
      <h3 className={styles.name}>{words("manager.older-name", { id: ledger.slice(-12), seq })}</h3>
      {missing === undefined ? (
        <p>{words("manager.older-whole")}</p>
      ) : (
        <p className={styles.missing}>
          {words("manager.older-missing", {
            count: missing.toSeq - missing.fromSeq + 1,
            from: missing.fromSeq,
            to: missing.toSeq,
          })}
        </p>
      )}
      <p className={styles.about}>
        {[
          words(why),
          ...(receiptCode === undefined || receiptCode === ""
            ? []
            : [words("manager.older-receipt", { receipt: receiptCode })]),
          ...(approvedBy === undefined
            ? []
            : [words(approvedBy === "platform" ? "manager.older-platform" : "manager.older-manager")]),
        ].reduce((first, second) => words("manager.join", { first, second }))}
      </p>
    </>
  );
}
