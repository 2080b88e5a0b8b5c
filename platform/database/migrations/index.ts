import type { Migration } from "./migration.ts";
import { tillsAndLedgers } from "./0001-tills-and-ledgers.ts";
import { projections } from "./0002-projections.ts";
import { changeLog } from "./0003-change-log.ts";
import { wallets } from "./0004-wallets.ts";

/** Every step in its order. */
export const migrations: readonly Migration[] = [tillsAndLedgers, projections, changeLog, wallets];
