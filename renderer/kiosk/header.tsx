import { BellRing, Check } from "lucide-react";
import { classNames } from "../shared/class-names.ts";
import { Mark } from "../shared/components/mark.tsx";
import { useTillSnapshot } from "../shared/till-session.tsx";
import type { WordKey } from "../shared/words/en.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./header.module.css";
import { KioskKey } from "./kiosk-key.tsx";
import type { Stage } from "./stage.ts";
import { setView, useView } from "./view.ts";

/** The shop's name, which kiosk this is, and how far the shopper has come. */
export function Header({ stage }: { stage: Stage }) {
  const words = useWords();
  const formats = useFormats();
  const { till } = useTillSnapshot();
  const helpCalledMs = useView((view) => view.helpCalledMs);
  return (
    <header className={styles.header}>
      {helpCalledMs === null ? (
        <div className={styles.names}>
          <Mark widthPx={60} />
          <span className={styles.store}>{formats.name(till.store)}</span>
          <span className={styles.number}>{words("kiosk.number", { number: till.number })}</span>
        </div>
      ) : (
        <HelpBand calledMs={helpCalledMs} />
      )}
      {stage !== "start" && <StepsRod stage={stage} />}
    </header>
  );
}

/** Seen from afar: a person was called to this kiosk. It takes the place of the names, and everything goes on under it. */
function HelpBand({ calledMs }: { calledMs: number }) {
  const words = useWords();
  const formats = useFormats();
  const { till } = useTillSnapshot();
  return (
    <div className={styles.band} role="status">
      <BellRing className={styles.bell} strokeWidth={1.75} aria-hidden />
      <span className={styles.bandWords}>
        <strong className={styles.bandTitle}>{words("kiosk.help-band")}</strong>
        <span>{words("kiosk.help-at", { time: formats.time(calledMs) })}</span>
      </span>
      <strong className={styles.bandNumber} aria-label={words("kiosk.number", { number: till.number })}>
        {till.number}
      </strong>
      <KioskKey
        className={styles.bandKey}
        label={words("kiosk.help-undo")}
        onPress={() => setView({ helpCalledMs: null })}
      />
    </div>
  );
}

const steps = [
  { name: "scan", word: "kiosk.step-scan" },
  { name: "check", word: "kiosk.step-check" },
  { name: "pay", word: "kiosk.step-pay" },
] as const satisfies readonly { name: string; word: WordKey }[];

const places: Readonly<Record<Stage, number>> = {
  start: 0,
  scan: 0,
  check: 1,
  pay: 2,
  asking: 2,
  unknown: 2,
  receipt: 3,
};

/** The rod of the steps: beads travel towards the receipt, which lies at its beam. */
function StepsRod({ stage }: { stage: Stage }) {
  const words = useWords();
  const { basket } = useTillSnapshot();
  const place = places[stage];
  const needsPerson = basket.age !== undefined && basket.age.checked === undefined && stage !== "receipt";
  return (
    <ol className={styles.rod} aria-label={words("kiosk.steps")} data-place={place}>
      {steps.map(({ name, word }, index) => {
        const isDone = index < place;
        const isNow = index === place;
        const isOpen = name === "check" && needsPerson && !isNow;
        const spoken = isDone ? "kiosk.step-done" : "kiosk.step-open";
        return (
          <li key={name} className={classNames(styles.step, isNow && styles.now)} aria-current={isNow ? "step" : false}>
            <span
              className={classNames(styles.bead, (isDone || isNow) && styles.filled, isOpen && styles.open)}
              aria-hidden
            >
              {isDone ? <Check className={styles.tick} strokeWidth={3} /> : isOpen ? "!" : index + 1}
            </span>
            <span className={styles.word} aria-hidden={isDone || isOpen}>
              {words(word)}
            </span>
            {(isDone || isOpen) && <span className={styles.spoken}>{words(spoken, { step: words(word) })}</span>}
          </li>
        );
      })}
      <li className={classNames(styles.step, place === 3 && styles.now)} aria-current={place === 3 ? "step" : false}>
        <span className={styles.end} aria-hidden>
          {place === 3 && (
            <span className={classNames(styles.bead, styles.filled)}>
              <Check className={styles.tick} strokeWidth={3} />
            </span>
          )}
          <span className={styles.bar} />
        </span>
        <span className={styles.word}>{words("kiosk.step-receipt")}</span>
      </li>
    </ol>
  );
}
