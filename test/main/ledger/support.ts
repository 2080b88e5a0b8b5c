import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createIdSource, type IdSource } from "../../../main/ledger/ids.ts";
import { type Ledger, type LedgerOptions, openLedger } from "../../../main/ledger/open.ts";

/** 20 November 2026, 14:32:09.120 in Shanghai. */
export const startMs = Date.UTC(2026, 10, 20, 6, 32, 9, 120);

/** A clock that stands until it is moved. */
export interface HandClock {
  nowMs: number;
  zone: string;
  now(): number;
}

export function handClock(nowMs = startMs): HandClock {
  return {
    nowMs,
    zone: "Asia/Shanghai",
    now() {
      return this.nowMs;
    },
  };
}

/** Ids that are the same in every run. */
export function seededIds(seed: string, clock: { now(): number } = handClock()): IdSource {
  let count = 0;
  return createIdSource({
    now: () => clock.now(),
    random(byteCount) {
      count += 1;
      return hash("sha256", `${seed} ${count}`, "buffer").subarray(0, byteCount);
    },
  });
}

/** A folder that is gone when the test has ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "suanpan-ledger-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Options whose timers never fire, so that only `close` flushes the marks. */
export function ledgerOptions(folder: string, changes: Partial<LedgerOptions> = {}): LedgerOptions {
  const clock = handClock();
  return {
    folder,
    clock,
    ids: seededIds(`ids ${folder}`, clock),
    softwareVersion: "1.0.0",
    // A test that is not about a full disk need not write 8 MiB first.
    disk: { reserveBytes: 0, lowBytes: 0, stopBytes: 0 },
    timers: { setTimer: () => ({}), clearTimer: () => {} },
    report(error) {
      throw error;
    },
    ...changes,
  };
}

/** A ledger that is closed when the test has ended. Closing it twice is harmless. */
export function openTestLedger(folder: string, changes: Partial<LedgerOptions> = {}): Ledger {
  const ledger = openLedger(ledgerOptions(folder, changes));
  onTestFinished(() => ledger.close());
  return ledger;
}

/** The code of what `work` throws, or `undefined` when it does not. */
export function codeThrownBy(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}
