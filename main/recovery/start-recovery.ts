import { randomBytes } from "node:crypto";
import type { Names } from "../../sync/protocol/entry-types.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { TillError } from "../contract/errors.ts";
import { createIdSource } from "../ledger/ids.ts";
import { systemTimers } from "../system-timers.ts";
import type { TillOptions } from "../till-base.ts";
import { softwareVersion } from "../version.ts";
import { Recovery } from "./recovery.ts";

/** Which till is waiting, as far as anything but its ledger says it. */
export type TillFacts = { number?: number | undefined; store?: Names | undefined; zone: string };

/** A till whose ledger is not in order and could not be put in order at once. `recovery` goes on with it. */
export class RecoveryNeeded extends Error {
  readonly recovery: Recovery;
  readonly till: TillFacts;
  constructor(recovery: Recovery, till: TillFacts, cause: TillError) {
    super(cause.code, { cause });
    this.name = "RecoveryNeeded";
    this.recovery = recovery;
    this.till = till;
  }
}

/** A recovery of the till of this folder. */
export function createRecovery(
  options: TillOptions,
  { folder, zone, catalog }: { folder: string; zone: string; catalog: Catalog },
  fault: TillError,
): Recovery {
  return new Recovery({
    folder,
    platformUrl: options.platformUrl,
    fault,
    people: catalog.people(),
    clock: { now: Date.now, zone },
    ids: createIdSource({ now: Date.now, random: (count) => randomBytes(count) }),
    softwareVersion,
    timers: systemTimers,
    log: options.log,
  });
}
