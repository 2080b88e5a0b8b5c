import { Check, CircleCheck, OctagonX } from "lucide-react";
import type { Fault } from "../../main/contract/errors.ts";
import { wordsOfFault } from "../../main/contract/words/index.ts";
import { classNames } from "../shared/class-names.ts";
import { Notice } from "../shared/components/notice.tsx";
import { useLocale, useWords } from "../shared/words/intl.tsx";
import { faultFacts } from "./fault-facts.ts";
import { GapRod } from "./gap-rod.tsx";
import { useStand } from "./recovery-session.tsx";
import styles from "./what-happened.module.css";
import { WithCode } from "./with-code.tsx";

/** What the panel itself says already, or the rows beside it. */
const toldFaults: ReadonlySet<Fault["code"]> = new Set(["ledger.behind-mark", "ledger.damaged", "ledger.key-missing"]);

/** What is the matter with the ledger, where it ends, and what is safe. */
export function WhatHappened() {
  const words = useWords();
  const stand = useStand();
  const facts = faultFacts(words, stand);
  return (
    <>
      <Band isDone={stand.state === "done"} />
      <div className={styles.body}>
        <h1 tabIndex={-1} className={styles.title}>
          {facts.title}
        </h1>
        <p className={styles.sentence}>
          <WithCode text={facts.sentence} code={facts.receipt} />
        </p>
        <GapRod stand={stand} facts={facts} />
        <LastErrorOrSafe receipt={facts.receipt} />
      </div>
    </>
  );
}

/** Whether the shop can sell here, across the head of the panel. */
export function Band({ isDone }: { isDone: boolean }) {
  const words = useWords();
  const Icon = isDone ? CircleCheck : OctagonX;
  return (
    <p className={classNames(styles.band, isDone && styles.done)} role={isDone ? "status" : "alert"}>
      <Icon size={26} aria-hidden />
      {words(isDone ? "recovery.band-done" : "recovery.band")}
    </p>
  );
}

/** What is safe; or why the last try came to nothing, where it was not for the lack of an answer, and what is safe then. */
function LastErrorOrSafe({ receipt }: { receipt: string }) {
  const words = useWords();
  const locale = useLocale();
  const { lastError, recovered } = useStand();
  if (lastError !== undefined && !toldFaults.has(lastError.code)) {
    return <Notice tone="attention" className={styles.notice} {...wordsOfFault(lastError, locale)} />;
  }
  const safe = [
    words("recovery.safe-kept"),
    ...(recovered === undefined ? [words("recovery.safe-platform")] : []),
    ...(receipt === "" ? [] : [words("recovery.safe-numbers", { receipt })]),
    words("recovery.safe-others"),
  ];
  return (
    <>
      <h2 className={styles.heading}>{words("recovery.safe")}</h2>
      <ul className={styles.facts}>
        {safe.map((fact) => (
          <li key={fact} className={styles.fact}>
            <Check size={22} strokeWidth={2.5} aria-hidden />
            <WithCode text={fact} code={receipt} />
          </li>
        ))}
      </ul>
    </>
  );
}
