import { ArrowLeft, Printer, ReceiptText } from "lucide-react";
import type { PrintState } from "../../../main/contract/snapshot.ts";
import type { ZReport } from "../../../main/contract/z-report.ts";
import { Key } from "../../shared/components/key.tsx";
import type { WordKey } from "../../shared/words/en.ts";
import { useFormats, useWords, type Words } from "../../shared/words/intl.tsx";
import { Done, NotKnownYet, Refusal } from "../parts/outcome.tsx";
import { SectionHead } from "../parts/section-head.tsx";
import { useTimes } from "../parts/use-times.ts";
import { useAction, useSnapshot, useTillData } from "../till.tsx";
import { setView, useView } from "../view.ts";
import { differenceWords } from "./difference.ts";
import { ZStrip } from "./z-strip.tsx";
import styles from "./z-page.module.css";

/** One Z report: what the shift came to, what the drawer said, and the strip itself. */
export function ZReportView({ number }: { number: number }) {
  const words = useWords();
  const report = useTillData("report.z", { number });
  return (
    <section className={styles.report} aria-label={words("manager.z-report", { number })}>
      {report.data === null ? (
        <>
          <SectionHead level={2} title={words("manager.z-report", { number })}>
            <BackToList />
          </SectionHead>
          <NotKnownYet fault={report.fault} />
        </>
      ) : (
        <Opened report={report.data} />
      )}
    </section>
  );
}

function Opened({ report }: { report: ZReport }) {
  const words = useWords();
  const { money } = useFormats();
  const times = useTimes();
  const isJustClosed = useView((view) => view.isJustClosed);
  const print = useAction("report.print-z");
  const { number, netMinor, closedAt, drawer, paper } = report;
  const isOdd = drawer.differenceMinor !== 0;
  const difference = differenceWords(words, money, drawer.differenceMinor);
  const when = times.when(closedAt);
  return (
    <>
      <div className={styles.head}>
        <SectionHead
          level={2}
          title={words("manager.z-title", { number, amount: money(netMinor) })}
          urgent={isOdd ? words("manager.z-urgent", { difference }) : undefined}
          second={
            isOdd
              ? words("manager.z-second-odd", { when, amount: money(drawer.countedMinor) })
              : words("manager.z-second", { when })
          }
        >
          <BackToList />
          <PrintSlip paper={paper} onPress={() => void print.run({ number })} />
          <Key icon={Printer} label={words("manager.z-print-page")} onPress={() => globalThis.print()} />
        </SectionHead>
        <div className={styles.told}>
          {isJustClosed && (
            <Done
              text={words("manager.join", {
                first: words("manager.closed"),
                second: words("manager.closed-next"),
              })}
            />
          )}
          {print.fault !== null && <Refusal fault={print.fault} onDismiss={print.clear} />}
          {paper?.fault !== undefined && <Refusal fault={paper.fault} />}
        </div>
      </div>
      <ZStrip report={report} />
    </>
  );
}

/** In a small window the list is where the report stands now. */
function BackToList() {
  const words = useWords();
  return (
    <Key
      className={styles.back}
      icon={ArrowLeft}
      label={words("manager.z-all")}
      onPress={() => setView({ zReport: "list", isJustClosed: false })}
    />
  );
}

/** Prints the report on the receipt printer, and says how its paper stands. */
function PrintSlip({ paper, onPress }: { paper: ZReport["paper"]; onPress(): void }) {
  const words = useWords();
  const { devices } = useSnapshot();
  const hasPrinter = devices.some(({ kind }) => kind === "printer");
  const isNew = paper === undefined || (paper.print === "failed" && paper.copies === 1);
  return (
    <Key
      icon={ReceiptText}
      label={words(isNew ? "manager.z-print" : "manager.z-print-copy")}
      second={paperWords(words, paper)}
      reason={hasPrinter ? undefined : words("manager.z-no-printer")}
      onPress={onPress}
    />
  );
}

function paperWords(words: Words, paper: ZReport["paper"]): string | undefined {
  if (paper === undefined || paper.print === "none") return undefined;
  if (paper.print === "printed" && paper.copies > 1) return words("manager.z-paper-copy", { copy: paper.copies });
  return words(paperKeys[paper.print]);
}

const paperKeys = {
  waiting: "manager.z-paper-waiting",
  printing: "manager.z-paper-printing",
  printed: "manager.z-paper-printed",
  probably: "manager.z-paper-probably",
  unknown: "manager.z-paper-unknown",
  failed: "manager.z-paper-failed",
} as const satisfies Readonly<Record<Exclude<PrintState, "none">, WordKey>>;
