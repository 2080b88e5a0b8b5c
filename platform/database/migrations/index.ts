import type { Migration } from "./migration.ts";
import { tillsAndLedgers } from "./0001-tills-and-ledgers.ts";
import { projections } from "./0002-projections.ts";
import { changeLog } from "./0003-change-log.ts";
import { wallets } from "./0004-wallets.ts";
import { merchantTerms } from "./0005-merchant-terms.ts";
import { refundsAndWaiting } from "./0006-refunds-and-waiting.ts";
import { chat } from "./0007-chat.ts";
import { sessionsAndPresence } from "./0008-sessions-and-presence.ts";
import { successions } from "./0009-successions.ts";
import { walletRefunds } from "./0010-wallet-refunds.ts";
import { rails } from "./0011-rails.ts";
import { reconciliations } from "./0012-reconciliations.ts";

/** Every step in its order. */
export const migrations: readonly Migration[] = [
  tillsAndLedgers,
  projections,
  changeLog,
  wallets,
  merchantTerms,
  refundsAndWaiting,
  chat,
  sessionsAndPresence,
  successions,
  walletRefunds,
  rails,
  reconciliations,
];
