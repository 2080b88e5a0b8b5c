import { ShieldCheck } from "lucide-react";
import type { LedgerCheck } from "../../../main/contract/snapshot.ts";
import { type BrokenPlace, severityOf, wordsOfBroken } from "../../../main/contract/words/verify-words.ts";
import { Key } from "../../shared/components/key.tsx";
import { useLocale, useWords, type Words } from "../../shared/words/intl.tsx";
import { Facts, type Fact } from "../parts/facts.tsx";
import { NotKnownYet, Refusal } from "../parts/outcome.tsx";
import { ScrollPage } from "../parts/scroll-page.tsx";
import { SectionHead } from "../parts/section-head.tsx";
import { useTimes, type Times } from "../parts/use-times.ts";
import { useAction, useSnapshot, useTillData } from "../till.tsx";
import { careFacts } from "./care-facts.tsx";
import { CheckRod } from "./check-rod.tsx";
import { Incidents } from "./incidents.tsx";
import styles from "./ledger-page.module.css";
import { OlderLedgers } from "./older-ledgers.tsx";

/** What the care tells changes slowly; what happens to the ledger is told by the snapshot. */
const careEveryMs = 5_000;

/**
 * Whether the ledger is whole and how it is kept: its last check in words, a check under way and what to do where it is
 * not; what happened to it, how far it was read back, its disk and its backup, and the ledgers before it.
 */
export function LedgerPage() {
  const words = useWords();
  const times = useTimes();
  const { staff, till } = useSnapshot();
  const check = staff?.ledgerCheck;
  const overview = useTillData("sync.overview", {});
  const care = useTillData("ledger.care", {}, careEveryMs);
  const start = useAction("ledger.check");
  const { title, urgent, second } = headOf(words, times, check);
  const mustStop = check?.state === "broken" && severityOf(check.reason) === "stop";
  return (
    <ScrollPage label={words("manager.nav-ledger")}>
      <SectionHead title={title} urgent={urgent} tone={mustStop ? "error" : "attention"} second={second}>
        {check?.state !== "running" && (
          <Key
            icon={ShieldCheck}
            label={words(start.isBusy ? "manager.check-starting" : "manager.check-now")}
            onPress={() => void start.run({})}
          />
        )}
      </SectionHead>
      {start.fault !== null && (
        <div className={styles.part}>
          <Refusal fault={start.fault} onDismiss={start.clear} />
        </div>
      )}
      {check?.state === "running" && <CheckRod done={check.done} entries={check.entries} />}
      {check?.state === "broken" && <Broken place={check} />}
      {check?.state === "stopped" && (
        <div className={styles.part}>
          <Refusal fault={check.fault} />
        </div>
      )}
      {care.data !== null && care.data.unseen > 0 && <Incidents care={care.data} />}
      {overview.data === null || care.data === null ? (
        <NotKnownYet fault={overview.fault ?? care.fault} />
      ) : (
        <Facts
          isWide
          facts={[
            ...factsOf(words, overview.data.entries),
            ...careFacts(words, times, care.data, overview.data.room),
            idFact(words, till.ledger),
          ]}
        />
      )}
      {care.data !== null && care.data.unseen === 0 && <Incidents care={care.data} />}
      {care.data !== null && <OlderLedgers older={care.data.older} />}
      <div className={styles.beam} />
      <div className={styles.about}>
        <h2>{words("manager.ledger-about")}</h2>
        <ul>
          <li>{words("manager.ledger-about-chain")}</li>
          <li>{words("manager.ledger-about-check")}</li>
          <li>{words("manager.ledger-about-copy")}</li>
          <li>{words("manager.ledger-about-marks")}</li>
        </ul>
      </div>
    </ScrollPage>
  );
}

type Head = { readonly title: string; readonly urgent?: string | undefined; readonly second: string };

function headOf(words: Words, times: Times, check: LedgerCheck | undefined): Head {
  if (check === undefined) {
    return { title: words("manager.ledger-unchecked"), second: words("manager.ledger-unchecked-second") };
  }
  switch (check.state) {
    case "running":
      return {
        title: words("manager.ledger-running"),
        second: words("manager.ledger-running-second", { time: times.when(check.startedAt) }),
      };
    case "complete":
      return {
        title: words("manager.ledger-complete", { entries: check.entries }),
        second: words("manager.ledger-complete-second", {
          when: times.when(check.at),
          seconds: Math.max(1, Math.round(check.tookMs / 1000)),
        }),
      };
    case "broken":
      return {
        title: "",
        urgent:
          check.seq === 0 ? words("manager.ledger-broken-around") : words("manager.ledger-broken", { seq: check.seq }),
        second: words("manager.ledger-broken-second", { when: times.when(check.at), entries: check.entries }),
      };
    case "stopped":
      return {
        title: words("manager.ledger-stopped"),
        second: words("manager.ledger-stopped-second", { when: times.when(check.at) }),
      };
  }
}

function factsOf(words: Words, entries: { made: number; arrived: number }): Fact[] {
  return [
    {
      label: words("manager.ledger-entries"),
      value: words("manager.ledger-count", { count: entries.made }),
      about: words("manager.ledger-last", { seq: entries.made }),
    },
    {
      label: words("manager.ledger-at-platform"),
      value: words("manager.ledger-count", { count: entries.arrived }),
      about:
        entries.arrived >= entries.made
          ? words("manager.ledger-all-there")
          : words("manager.ledger-left", { count: entries.made - entries.arrived }),
    },
  ];
}

function idFact(words: Words, ledger: string): Fact {
  return {
    label: words("manager.ledger-id"),
    value: <span className={styles.short}>{ledger.slice(-12)}</span>,
    about: <span className={styles.id}>{ledger}</span>,
  };
}

/** Where the ledger is broken, what it means and what to do, and the code of the reason for the operator. */
function Broken({ place }: { place: BrokenPlace }) {
  const { happened, safe, todo } = wordsOfBroken(place, useLocale());
  return (
    <div className={styles.broken} role="alert">
      <p className={styles.where}>{happened}</p>
      <p className={styles.reason}>{place.reason}</p>
      <p>{safe}</p>
      <p className={styles.todo}>{todo}</p>
    </div>
  );
}
