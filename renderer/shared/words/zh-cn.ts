import type { WordKey } from "./en.ts";
import { consoleWords } from "./zh-cn/console.ts";
import { counterWords } from "./zh-cn/counter.ts";
import { customerWords } from "./zh-cn/customer.ts";
import { kioskWords } from "./zh-cn/kiosk.ts";
import { managerLedgerWords } from "./zh-cn/manager-ledger.ts";
import { managerReportsWords } from "./zh-cn/manager-reports.ts";
import { managerSyncWords } from "./zh-cn/manager-sync.ts";
import { managerWords } from "./zh-cn/manager.ts";
import { recoveryWords } from "./zh-cn/recovery.ts";
import { refundWords } from "./zh-cn/refunds.ts";
import { tillWords } from "./zh-cn/till.ts";
import { walletWords } from "./zh-cn/wallet.ts";

/** Every text of the pages, in Simplified Chinese. */
export const chinese: Readonly<Record<WordKey, string>> = {
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
};
