import { damageInWords } from "../damaged-reads.ts";
import type { LedgerDatabase } from "../database.ts";
import type { Transactions } from "../transactions.ts";
import { type ArrivalStore, createArrivalStore } from "./arrivals.ts";
import { createOpenBasketStore, type OpenBasketStore } from "./open-basket.ts";
import { createOutageStore, type OutageStore } from "./outages.ts";
import { createParkedSaleStore, type ParkedSaleStore } from "./parked-sales.ts";
import { createPlatformAnswerStore, type PlatformAnswerStore } from "./platform-answers.ts";
import { createPlatformMarkStore, type PlatformMarkStore } from "./platform-marks.ts";
import { createPrintJobStore, type PrintJobStore } from "./print-jobs.ts";
import { createPrivateValueStore, type PrivateValueStore } from "./private-values.ts";
import { createPushFailureStore, type PushFailureStore } from "./push-failures.ts";
import { addRowFunctions, type WorkTable } from "./row-checksum.ts";
import { createSettingStore, type SettingStore } from "./settings.ts";

/** Every table of working state, each with its store. */
export interface WorkStores {
  openBasket: OpenBasketStore;
  parkedSales: ParkedSaleStore;
  privateValues: PrivateValueStore;
  printJobs: PrintJobStore;
  platformMarks: PlatformMarkStore;
  platformAnswers: PlatformAnswerStore;
  pushFailures: PushFailureStore;
  arrivals: ArrivalStore;
  outages: OutageStore;
  settings: SettingStore;
}

/**
 * The stores of an open database. A row that is not what was written is passed over: it counts as lost.
 * @param damaged Hears of the table of each row that was passed over.
 */
export function createWorkStores(
  database: LedgerDatabase,
  transactions: Transactions,
  damaged: (table: WorkTable) => void,
): WorkStores {
  addRowFunctions(database, damaged);
  return {
    openBasket: damageInWords(createOpenBasketStore(database, transactions)),
    parkedSales: damageInWords(createParkedSaleStore(database, transactions)),
    privateValues: damageInWords(createPrivateValueStore(database, transactions)),
    printJobs: damageInWords(createPrintJobStore(database, transactions)),
    platformMarks: damageInWords(createPlatformMarkStore(database, transactions)),
    platformAnswers: damageInWords(createPlatformAnswerStore(database, transactions)),
    pushFailures: damageInWords(createPushFailureStore(database, transactions)),
    arrivals: damageInWords(createArrivalStore(database, transactions)),
    outages: damageInWords(createOutageStore(database, transactions)),
    settings: damageInWords(createSettingStore(database, transactions)),
  };
}
