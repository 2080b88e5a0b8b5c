import { Files, LockKeyhole } from "lucide-react";
import { useEffect, useEffectEvent } from "react";
import type { XReport } from "../../../main/contract/manager.ts";
import { minorDigits } from "../../../sync/protocol/money.ts";
import { classNames } from "../../shared/class-names.ts";
import { Key } from "../../shared/components/key.tsx";
import { NumberPad } from "../../shared/components/number-pad.tsx";
import {
  entryKeyOf,
  typeInto,
  unitsOf,
  withThousands,
  type EntryKey,
  type EntryRules,
} from "../../shared/number-entry.ts";
import { useFormats, useWords } from "../../shared/words/intl.tsx";
import { Refusal } from "../parts/outcome.tsx";
import { Question } from "../parts/question.tsx";
import { useAction, useSnapshot, useTillData } from "../till.tsx";
import { setView, useView } from "../view.ts";
import styles from "./close-shift.module.css";
import { differenceWords } from "./difference.ts";
import { ZRows } from "./z-rows.tsx";

const wholeDigits = 8;

/** Z reports that stand beside the open shift. They change with each closing only. */
const recentCount = 3;
const recentEveryMs = 10_000;

/** Closes the shift: first the cash is counted, then the difference is seen and asked about, then it is final. */
export function CloseShift({ report }: { report: XReport }) {
  const words = useWords();
  const step = useView((view) => view.closing);
  return (
    <section className={styles.side} aria-label={words("manager.close")}>
      {step === "none" && <Begin report={report} />}
      {step === "counting" && <Count report={report} />}
      {step === "asking" && <Ask report={report} />}
    </section>
  );
}

function Begin({ report }: { report: XReport }) {
  const words = useWords();
  const { money } = useFormats();
  return (
    <>
      <h2 className={styles.title}>{words("manager.close")}</h2>
      <p className={styles.text}>{words("manager.close-text")}</p>
      <p className={styles.text}>{words("manager.close-expected", { amount: money(report.drawer.expectedMinor) })}</p>
      <Key
        className={styles.key}
        icon={LockKeyhole}
        label={words("manager.close-count")}
        second={words("manager.close-count-second")}
        onPress={() => setView({ closing: "counting", countedShift: report.shift, counted: "" })}
      />
      <RecentReports />
    </>
  );
}

/** Shifts that were closed before, the newest of them, and the way to all. */
function RecentReports() {
  const words = useWords();
  const list = useTillData("report.z-list", {}, recentEveryMs);
  const reports = list.data?.reports ?? [];
  if (reports.length === 0) return null;
  return (
    <div className={styles.recent}>
      <h2 className={styles.title}>{words("manager.z-list")}</h2>
      <ZRows rows={reports.slice(0, recentCount)} />
      <Key
        className={styles.key}
        icon={Files}
        label={words("manager.z-all")}
        onPress={() => setView({ zReport: "list", zBefore: [] })}
      />
    </div>
  );
}

/** What stands in the read-out after its field was edited; an edit that is no amount changes nothing. */
function typedAmount(edited: string, before: string, { decimals }: EntryRules): string {
  const [whole = "", fraction, ...rest] = edited.replaceAll(",", "").split(".");
  const isAmount = /^\d*$/.test(whole + (fraction ?? "")) && rest.length === 0 && whole.length <= wholeDigits;
  if (!isAmount || (fraction ?? "").length > decimals || (fraction !== undefined && decimals === 0)) return before;
  const plain = whole.replace(/^0+(?=\d)/, "");
  return fraction === undefined ? plain : `${plain === "" ? "0" : plain}.${fraction}`;
}

/** Takes digits from the keyboard also after a key of the pad was touched and has the focus. */
function useTypedKeys(type: (key: EntryKey) => void): void {
  const hear = useEffectEvent((event: KeyboardEvent) => {
    const isElsewhere = event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey;
    const key = isElsewhere ? null : entryKeyOf(event.key);
    if (key === null) return;
    event.preventDefault();
    type(key);
  });
  useEffect(() => {
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, []);
}

function Count({ report }: { report: XReport }) {
  const words = useWords();
  const formats = useFormats();
  const { till } = useSnapshot();
  const typed = useView((view) => view.counted);
  const decimals = minorDigits(till.currency);
  const rules = { decimals, wholeDigits };
  const countedMinor = unitsOf(typed, decimals);
  const type = (key: EntryKey) => setView({ counted: typeInto(useView.getState().counted, key, rules) });
  useTypedKeys(type);
  const differenceMinor = countedMinor - report.drawer.expectedMinor;
  const isTyped = typed !== "";
  const next = () => {
    if (isTyped) setView({ closing: "asking" });
  };
  return (
    <>
      <h2 className={styles.title}>{words("manager.close-counting")}</h2>
      <label className={styles.readout}>
        <span className={styles.label}>{words("manager.close-counted")}</span>
        <span className={styles.typed}>
          <span aria-hidden>{formats.note(0).replace("0", "")}</span>
          <input
            inputMode="decimal"
            // The pad below and the keyboard type into the same read-out.
            // eslint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            value={withThousands(typed)}
            placeholder="0"
            onChange={(event) => setView({ counted: typedAmount(event.target.value, typed, rules) })}
            onKeyDown={(event) => {
              if (event.key === "Enter") next();
            }}
          />
        </span>
      </label>
      <p className={classNames(styles.difference, isTyped && differenceMinor !== 0 && styles.odd)} role="status">
        {isTyped
          ? words("manager.close-against", {
              expected: formats.money(report.drawer.expectedMinor),
              difference: differenceWords(words, formats.money, differenceMinor),
            })
          : words("manager.close-expected", { amount: formats.money(report.drawer.expectedMinor) })}
      </p>
      <NumberPad
        onKey={type}
        sideKeys={[
          <Key
            key="back"
            className={styles.padKey}
            label={words("manager.close-back")}
            onPress={() => setView({ closing: "none", counted: "" })}
          />,
          <Key
            key="next"
            className={styles.padKey}
            label={words("manager.close-next")}
            reason={isTyped ? undefined : words("manager.close-type-first")}
            onPress={next}
          />,
        ]}
      />
    </>
  );
}

function Ask({ report }: { report: XReport }) {
  const words = useWords();
  const { money } = useFormats();
  const { till } = useSnapshot();
  const close = useAction("shift.close");
  const countedMinor = unitsOf(
    useView((view) => view.counted),
    minorDigits(till.currency),
  );
  const shift = useView((view) => view.countedShift);
  const expectedMinor = report.drawer.expectedMinor;
  const finish = async () => {
    const answer = await close.run({ shift, countedMinor });
    if (answer === null) return;
    setView({ closing: "none", counted: "", zReport: answer.number ?? "list", zBefore: [], isJustClosed: true });
  };
  return (
    <>
      <Question
        title={words("manager.close-really")}
        lines={[words("manager.close-final"), words("manager.close-next-shift"), words("manager.close-kept")]}
        yes={words("manager.close-yes")}
        no={words("manager.close-no")}
        isBusy={close.isBusy}
        busy={words("manager.closing")}
        onYes={() => void finish()}
        onNo={() => setView({ closing: "counting" })}
      >
        <Figures
          figures={[
            [words("manager.close-counted"), money(countedMinor)],
            [words("manager.x-expected"), money(expectedMinor)],
            [words("manager.close-difference"), differenceWords(words, money, countedMinor - expectedMinor)],
          ]}
          isOdd={countedMinor !== expectedMinor}
        />
      </Question>
      {close.fault !== null && <Refusal fault={close.fault} onDismiss={close.clear} />}
    </>
  );
}

/** What a closing comes to; the last figure is the one that counts. */
function Figures({ figures, isOdd }: { figures: readonly (readonly [string, string])[]; isOdd: boolean }) {
  return (
    <dl className={styles.figures}>
      {figures.map(([label, value], index) => (
        <div key={label} className={classNames(index === figures.length - 1 && isOdd && styles.odd)}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
