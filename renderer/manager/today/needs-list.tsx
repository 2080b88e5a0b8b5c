import { ArrowRight, Check, Info, OctagonX, TriangleAlert } from "lucide-react";
import { wordsOfFault } from "../../../main/contract/words/index.ts";
import type { Locale } from "../../../main/contract/snapshot.ts";
import { classNames } from "../../shared/class-names.ts";
import type { WordKey } from "../../shared/words/en.ts";
import { useFormats, useLocale, useWords, type Words } from "../../shared/words/intl.tsx";
import { useTimes } from "../parts/use-times.ts";
import type { Need } from "../needs.ts";
import { openSection, type Section } from "../view.ts";
import styles from "./needs-list.module.css";

const icons = { error: OctagonX, attention: TriangleAlert, wait: Info } as const;

const placeWords: Partial<Record<Section, WordKey>> = {
  sync: "manager.nav-sync",
  ledger: "manager.nav-ledger",
  devices: "manager.nav-devices",
  catalogue: "manager.nav-catalogue",
};

/** What needs the manager, each with the way to where it is dealt with; or that nothing does. */
export function Needs({ needs, isKnown }: { needs: readonly Need[]; isKnown: boolean }) {
  const words = useWords();
  const locale = useLocale();
  const formats = useFormats();
  const times = useTimes();
  if (needs.length === 0) {
    return isKnown ? (
      <p className={styles.nothing}>
        <Check size={20} aria-hidden />
        {words("manager.needs-nothing")}
      </p>
    ) : null;
  }
  return (
    <ul className={styles.needs} aria-label={words("manager.needs")}>
      {needs.map((need, index) => {
        const Icon = icons[need.tone];
        const since =
          need.since === undefined ? "" : need.kind === "offline" ? formats.time(need.since) : times.age(need.since);
        return (
          // Two devices may say the same; the order is theirs.
          // eslint-disable-next-line react/no-array-index-key
          <li key={`${need.kind} ${index}`}>
            <button
              type="button"
              className={classNames(styles.need, styles[need.tone])}
              onClick={() => openSection(need.section)}
            >
              <Icon size={22} aria-hidden />
              <span className={styles.text}>{sentence(words, locale, need, since)}</span>
              <span className={styles.go}>
                {words(placeWords[need.section] ?? "manager.nav-sync")}
                <ArrowRight size={20} aria-hidden />
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function sentence(words: Words, locale: Locale, need: Need, since: string): string {
  switch (need.kind) {
    case "ledger-broken":
      return words("manager.need-ledger");
    case "ledger-mend":
      return words("manager.need-ledger-mend");
    case "paused":
      return need.fault === undefined
        ? words("manager.need-paused")
        : words("manager.join", {
            first: wordsOfFault(need.fault, locale).happened,
            second: wordsOfFault(need.fault, locale).todo,
          });
    case "held":
      return words("manager.need-held", { count: need.count });
    case "old-contact":
      return words("manager.need-contact", { age: since });
    case "device":
      return need.fault === undefined ? words("manager.need-device") : wordsOfFault(need.fault, locale).happened;
    case "ledger-stopped":
      return words("manager.need-check");
    case "disk-full":
      return words("manager.need-disk-full");
    case "disk-low":
      return words("manager.need-disk-low");
    case "incidents":
      return words("manager.need-incidents", { count: need.count });
    case "little-room":
      return words("manager.need-room");
    case "offline":
      return since === ""
        ? words("manager.need-offline-unknown", { count: need.count })
        : words("manager.need-offline", { time: since, count: need.count });
  }
}
