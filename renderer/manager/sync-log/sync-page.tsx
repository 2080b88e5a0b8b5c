import { RotateCw } from "lucide-react";
import type { SyncOverview } from "../../../main/contract/manager.ts";
import type { Snapshot } from "../../../main/contract/snapshot.ts";
import { wordsOfFault } from "../../../main/contract/words/index.ts";
import { Key } from "../../shared/components/key.tsx";
import { useFormats, useLocale, useWords } from "../../shared/words/intl.tsx";
import { useMedia } from "../parts/use-media.ts";
import { NotKnownYet, Refusal } from "../parts/outcome.tsx";
import { SectionHead } from "../parts/section-head.tsx";
import { useAction, useSnapshot, useTillData } from "../till.tsx";
import { useView } from "../view.ts";
import { headlineOf } from "./headline.ts";
import { SyncEntryPanel } from "./sync-entry.tsx";
import { SyncFacts } from "./sync-facts.tsx";
import { SyncFilters } from "./sync-filters.tsx";
import styles from "./sync-page.module.css";
import { SyncTable } from "./sync-table.tsx";
import { Threads } from "./threads.tsx";

/** What has reached the platform and what has not, and what to do about it. */
export function SyncPage() {
  const overview = useTillData("sync.overview", {});
  if (overview.data === null) return <WithoutOverview fault={overview.fault} />;
  return <SyncOverviewPage overview={overview.data} />;
}

function WithoutOverview({ fault }: { fault: Parameters<typeof NotKnownYet>[0]["fault"] }) {
  const words = useWords();
  return (
    <>
      <SectionHead title={words("manager.nav-sync")} />
      <NotKnownYet fault={fault} />
    </>
  );
}

function SyncOverviewPage({ overview }: { overview: SyncOverview }) {
  const words = useWords();
  const second = useSecondSentence(overview);
  const headline = headlineOf(words, overview);
  const isPaused = useSnapshot().sync.state === "paused";
  const opened = useOpened(overview);
  const isEmpty = overview.threads.length === 0 && overview.sales === 0 && overview.notArrived.count === 0;
  return (
    <div className={styles.page}>
      <SectionHead
        title={headline.title}
        urgent={isPaused ? words("manager.sync-paused") : headline.urgent}
        tone={isPaused ? "error" : "attention"}
        second={second}
      >
        <TryNow />
      </SectionHead>
      <SyncFacts overview={overview} />
      {!isEmpty && <Threads overview={overview} />}
      <div className={styles.beam} />
      <div className={styles.lower}>
        <section className={styles.log} aria-label={words("manager.log")}>
          <SyncFilters overview={overview} />
          <SyncTable openedSeq={opened} />
        </section>
        {opened !== null && <SyncEntryPanel key={opened} seq={opened} overview={overview} />}
      </div>
    </div>
  );
}

/** The key that tries the line at once; there only while it is down. */
function TryNow() {
  const words = useWords();
  const { sync } = useSnapshot();
  const action = useAction("sync.try-now");
  if (sync.state === "online") return null;
  return (
    <>
      <Key
        icon={RotateCw}
        label={words(action.isBusy ? "manager.trying" : "manager.try-now")}
        onPress={() => void action.run({})}
      />
      {action.fault !== null && <Refusal fault={action.fault} onDismiss={action.clear} />}
    </>
  );
}

/** What is safe, and when the platform last answered: the calm half of the headline. */
function useSecondSentence(overview: SyncOverview): string {
  const words = useWords();
  const locale = useLocale();
  const formats = useFormats();
  const { sync } = useSnapshot();
  const join = (first: string, second: string) => words("manager.join", { first, second });
  const fault = sync.state === "paused" ? sync.fault : undefined;
  const paused = fault === undefined ? null : wordsOfFault(fault, locale);
  const rest = paused === null ? lineSentence(words, formats, sync, overview) : join(paused.happened, paused.todo);
  return overview.sales === 0 ? rest : join(words("manager.sync-safe", { sales: overview.sales }), rest);
}

function lineSentence(
  words: ReturnType<typeof useWords>,
  formats: ReturnType<typeof useFormats>,
  sync: Snapshot["sync"],
  { lastAnswerAt, entries }: SyncOverview,
): string {
  if (sync.state === "offline") {
    return sync.offlineSince === undefined
      ? words("manager.sync-offline")
      : words("manager.sync-offline-since", { time: formats.time(sync.offlineSince) });
  }
  if (lastAnswerAt === undefined) return words("manager.sync-no-answer");
  const at = formats.timeToSecond(lastAnswerAt);
  return entries.arrived >= entries.made
    ? words("manager.sync-answer-all", { time: at, made: entries.made })
    : words("manager.sync-answer", { time: at, arrived: entries.arrived, made: entries.made });
}

/** Where the opened entry has a place beside the log. */
const wideQuery = "(min-width: 901px)";

/**
 * The number of the opened entry. Where there is room beside the log, the worst one is opened until somebody opens
 * another or closes it.
 */
function useOpened(overview: SyncOverview): number | null {
  const opened = useView((view) => view.opened);
  const isWide = useMedia(wideQuery);
  const isHeld = overview.counts["needs-you"] > 0;
  const worst = useTillData("sync.log", { state: "needs-you" }).data?.rows[0]?.seq ?? null;
  if (opened !== "worst") return opened;
  return isWide && isHeld ? worst : null;
}
