import type { ReactNode } from "react";
import type { LedgerCareView, SyncOverview } from "../../../main/contract/manager.ts";
import type { Words } from "../../shared/words/intl.tsx";
import type { Fact } from "../parts/facts.tsx";
import { roomInWords } from "../parts/room.ts";
import type { Times } from "../parts/use-times.ts";
import styles from "./ledger-page.module.css";

const bytesOfGigabyte = 1_000_000_000;
const bytesOfMegabyte = 1_000_000;

/** How the ledger is kept, in figures: how far it was read back, what was checked at the start, its
 * marks, the backup, the disk. */
export function careFacts(words: Words, times: Times, care: LedgerCareView, room: SyncOverview["room"] | null): Fact[] {
  return [
    readBackFact(words, care),
    startFact(words, care),
    {
      label: words("manager.care-marks"),
      value: words("manager.care-marks-kept"),
      about: words("manager.care-marks-how"),
    },
    backupFact(words, times, care),
    roomFact(words, care, room),
  ];
}

function readBackFact(words: Words, { entries, verifiedSeq }: LedgerCareView): Fact {
  const left = entries - verifiedSeq;
  return {
    label: words("manager.care-read-back"),
    value: words(left > 0 ? "manager.ledger-count" : "manager.care-read-all", { count: verifiedSeq }),
    about: left > 0 ? words("manager.care-read-left", { count: left }) : words("manager.care-read-holds"),
  };
}

function startFact(words: Words, { start }: LedgerCareView): Fact {
  const { pages, walkedAfterSeq, afterFailedFlush } = start;
  const isWhole = pages === "whole";
  const seq = walkedAfterSeq + 1;
  const chain = isWhole ? "manager.care-start-chain-whole" : "manager.care-start-chain";
  return {
    label: words("manager.care-start"),
    value: words(isWhole ? "manager.care-start-whole" : "manager.care-start-bounded"),
    about: afterFailedFlush ? words("manager.care-start-flush") : words(chain, { seq }),
  };
}

function backupFact(words: Words, times: Times, { lastBackup }: LedgerCareView): Fact {
  const label = words("manager.care-backup");
  if (lastBackup === undefined) {
    return { label, value: words("manager.care-backup-none"), about: words("manager.care-backup-how") };
  }
  const { at, seq } = lastBackup;
  return { label, value: times.when(at), about: words("manager.care-backup-seq", { seq }) };
}

function roomFact(words: Words, { disk }: LedgerCareView, room: SyncOverview["room"] | null): Fact {
  const { state, freeBytes, hasReserve } = disk;
  const byState = {
    full: { tone: "error", text: words("manager.care-room-full") },
    low: { tone: "attention", text: words("manager.care-room-low") },
    ample: { tone: undefined, text: roomInWords(words, room?.days) },
  } as const;
  const { tone, text } = byState[state];
  return {
    label: words("manager.ledger-room"),
    value: bytesInWords(words, freeBytes),
    about: lines(text, words(hasReserve ? "manager.care-reserve" : "manager.care-no-reserve")),
    tone,
  };
}

function bytesInWords(words: Words, bytes: number): string {
  if (bytes < bytesOfGigabyte) {
    return words("manager.care-megabytes", { megabytes: Math.floor(bytes / bytesOfMegabyte) });
  }
  return words("manager.ledger-gigabytes", { gigabytes: Math.floor((bytes / bytesOfGigabyte) * 10) / 10 });
}

function lines(...texts: readonly (string | undefined)[]): ReactNode {
  return texts
    .filter((text) => text !== undefined)
    .map((text) => (
      <span key={text} className={styles.line}>
        {text}
      </span>
    ));
}
