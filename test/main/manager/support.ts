import type { SyncWorker } from "../../../main/manager/sync-log.ts";
import type { OverviewParts } from "../../../main/manager/overview.ts";
import type { NewEntry } from "../../../main/ledger/entries.ts";
import type { Ledger } from "../../../main/ledger/open.ts";
import { zoneTime } from "../../../main/ledger/time.ts";
import { pushStore } from "../../../main/sync-stores.ts";
import type { PushStore } from "../../../sync/push.ts";
import { cashSale } from "../ledger/sales.ts";
import { handClock, openTestLedger, seededIds, temporaryFolder, type HandClock } from "../ledger/support.ts";

const wall = zoneTime("Asia/Shanghai");

/** A ledger whose clock and line to the platform are in the hands of a test, with what the manager's page reads. */
export type Desk = {
  ledger: Ledger;
  clock: HandClock;
  worker: Pick<SyncWorker, "tryNow" | "wholeRound"> & {
    underWay: SyncWorker["underWay"];
    nextRoundAt: number | null;
  };
  parts: OverviewParts;
  push: PushStore;
  newId(): string;
  /** Sells one good for cash; gives its entry's number. */
  sell(totalMinor?: number): number;
  /** Sells many times in one commit; gives their entries' numbers. */
  sellMany(count: number): number[];
  /** The platform's mark moves here, as after a push. */
  acknowledge(seq: number): void;
  /** The platform says what it makes of an entry. */
  judge(seq: number, state: "needs-you" | "settled", code?: string): void;
};

/** Opens one in a folder of its own. */
export function openDesk(folder = temporaryFolder()): Desk {
  const clock = handClock();
  const ids = seededIds(`desk ${folder}`, clock);
  const ledger = openTestLedger(folder, { clock, ids });
  const format = (timeMs: number) => wall.format(timeMs);
  const push = pushStore(ledger, { now: () => clock.nowMs, format });
  const worker: Desk["worker"] = {
    underWay: null,
    nextRoundAt: null,
    tryNow: () => {},
    wholeRound: () => Promise.resolve(),
  };
  let cursor = 0;
  const desk: Desk = {
    ledger,
    clock,
    worker,
    push,
    newId: () => ids.uuid(),
    parts: {
      ledger,
      worker,
      folder,
      format,
      now: () => clock.nowMs,
      businessDay: (timeMs) => wall.businessDay(timeMs, 0),
      lastAnswerAt: () => null,
      platformAheadMs: () => undefined,
    },
    sell(totalMinor = 1130) {
      const stored = ledger.append([cashSale(ledger, ids, totalMinor)]);
      return stored.at(-1)?.seq ?? 0;
    },
    sellMany(count) {
      const firstNumber = ledger.nextReceiptNumber();
      const sales = Array.from({ length: count }, (_, index) => {
        const sale = cashSale(ledger, ids);
        const receiptNumber = firstNumber + index;
        return { ...sale, body: { ...sale.body, receiptNumber, receiptCode: `1-${receiptNumber}` } };
      });
      return ledger.append(sales).map(({ seq }) => seq);
    },
    acknowledge: (seq) => push.storeMark({ seq, hash: ledger.entry(seq)?.hash ?? "", epoch: 1 }),
    judge(seq, state, code = state === "settled" ? "stored" : "sale.arithmetic") {
      cursor += 1;
      ledger.platformAnswers.save({
        ledger: ledger.identity.ledger,
        seq,
        state,
        code,
        at: format(clock.nowMs),
        cursor,
      });
    },
  };
  return desk;
}

/** An entry that is no sale and moves no value. */
export function incident(newId: () => string): NewEntry {
  return { id: newId(), type: "incident", body: { code: "test", detail: "" } };
}
