import { consoleWords } from "./en/console.ts";
import { counterWords } from "./en/counter.ts";
import { customerWords } from "./en/customer.ts";
import { kioskWords } from "./en/kiosk.ts";
import { managerLedgerWords } from "./en/manager-ledger.ts";
import { managerReportsWords } from "./en/manager-reports.ts";
import { managerSyncWords } from "./en/manager-sync.ts";
import { managerWords } from "./en/manager.ts";
import { recoveryWords } from "./en/recovery.ts";
import { refundWords } from "./en/refunds.ts";
import { tillWords } from "./en/till.ts";
import { walletWords } from "./en/wallet.ts";

/** Every text of the pages, in English. Each page has a file of its own; what they share stands in `till`. */
export const english = {
  ...tillWords,
  ...refundWords,
  ...counterWords,
  ...kioskWords,
  ...customerWords,
  ...managerWords,
  ...managerSyncWords,
  ...recoveryWords,
  ...managerLedgerWords,
  ...managerReportsWords,
  ...walletWords,
  ...consoleWords,
} as const;

/** The name of a text. */
export type WordKey = keyof typeof english;
