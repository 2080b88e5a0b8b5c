import type { SyncOverview } from "../../../main/contract/manager.ts";
import type { LedgerCheck } from "../../../main/contract/snapshot.ts";
import { severityOf } from "../../../main/contract/words/verify-words.ts";
import { useFormats, useWords, type Words } from "../../shared/words/intl.tsx";
import { oddOffsetMs, offsetOf } from "../parts/ages.ts";
import { Facts, type Fact } from "../parts/facts.tsx";
import { roomInWords } from "../parts/room.ts";
import { useTimes, type Times } from "../parts/use-times.ts";
import { useSnapshot } from "../till.tsx";

/** A deadline within so long is a person's business. */
const soonMs = 6 * 3_600_000;

/** Four figures: what has not arrived, what is at risk, the till's clock, and the ledger. */
export function SyncFacts({ overview }: { overview: SyncOverview }) {
  const words = useWords();
  const { money } = useFormats();
  const times = useTimes();
  const check = useSnapshot().staff?.ledgerCheck;
  const { notArrived, atRisk } = overview;
  // What is held has reached the platform, and yet it is not all there.
  const held = overview.counts["needs-you"];
  const isDueSoon = atRisk.dueAt !== undefined && Date.parse(atRisk.dueAt) - times.now < soonMs;
  const facts: Fact[] = [
    notArrived.count === 0
      ? {
          label: words("manager.fact-not-arrived"),
          value: words("manager.fact-nothing"),
          about: held === 0 ? words("manager.fact-all-there") : words("manager.fact-held", { count: held }),
        }
      : {
          label: words("manager.fact-not-arrived"),
          value: money(notArrived.totalMinor),
          about:
            notArrived.oldestAt === undefined
              ? words("manager.fact-sales", { count: notArrived.count })
              : words("manager.fact-sales-oldest", { count: notArrived.count, age: times.age(notArrived.oldestAt) }),
        },
    atRisk.count === 0
      ? {
          label: words("manager.fact-at-risk"),
          value: words("manager.fact-nothing"),
          about: words("manager.fact-no-risk"),
        }
      : {
          label: words("manager.fact-at-risk"),
          value: words("manager.fact-risk", { amount: money(atRisk.totalMinor), count: atRisk.count }),
          about:
            atRisk.dueAt === undefined
              ? words("manager.fact-risk-waits")
              : words("manager.fact-risk-due", { when: times.when(atRisk.dueAt) }),
          tone: isDueSoon ? "attention" : undefined,
        },
    clockFact(words, overview.clockOffsetMs),
    ledgerFact(words, times, check, overview.room.days),
  ];
  return <Facts facts={facts} />;
}

function clockFact(words: Words, offsetMs: number | undefined): Fact {
  const label = words("manager.fact-clock");
  if (offsetMs === undefined) {
    return { label, value: words("manager.fact-clock-unknown"), about: words("manager.fact-clock-unknown-about") };
  }
  const offset = offsetOf(offsetMs);
  if (offset.side === "right") {
    return { label, value: words("manager.fact-clock-right"), about: words("manager.fact-clock-about") };
  }
  const { side, unit, amount } = offset;
  const length = words(unit === "minutes" ? "manager.length-minutes" : "manager.length-seconds", { amount });
  const isOdd = Math.abs(offsetMs) >= oddOffsetMs;
  return {
    label,
    value: words(side === "behind" ? "manager.fact-clock-behind" : "manager.fact-clock-ahead", { length }),
    about: words(isOdd ? "manager.fact-clock-set" : "manager.fact-clock-about"),
    tone: isOdd ? "attention" : undefined,
  };
}

function ledgerFact(words: Words, times: Times, check: LedgerCheck | undefined, days: number | undefined): Fact {
  const room = roomInWords(words, days);
  const label = words("manager.fact-ledger");
  if (check === undefined) return { label, value: words("manager.fact-unchecked"), about: room };
  if (check.state === "running") {
    return {
      label,
      value: words("manager.fact-checking"),
      about: words("manager.fact-checking-about", { done: check.done, entries: check.entries }),
    };
  }
  const checked = words("manager.fact-ledger-checked", { when: times.when(check.at) });
  if (check.state === "complete") return { label: checked, value: words("manager.fact-complete"), about: room };
  if (check.state === "broken") {
    const severity = severityOf(check.reason);
    const isAtEntry = check.seq > 0 && severity !== "mend";
    return {
      label: checked,
      value: isAtEntry ? words("manager.fact-broken", { seq: check.seq }) : words("manager.fact-not-whole"),
      about: words(severity === "stop" ? "manager.fact-broken-about" : "manager.fact-mend-about"),
      tone: severity === "stop" ? "error" : "attention",
    };
  }
  return { label: checked, value: words("manager.fact-stopped"), about: room, tone: "attention" };
}
