import { openCatalog } from "./catalog/catalog.ts";
import { zoneOf } from "./catalog/zone.ts";
import type { TillError } from "./contract/errors.ts";
import { prepareDataFolder } from "./data-folder.ts";
import { readEnrolmentFile } from "./recovery/enrolment-file.ts";
import { isRecoverable } from "./recovery/recover.ts";
import type { Recovery } from "./recovery/recovery.ts";
import { createRecovery, RecoveryNeeded, type TillFacts } from "./recovery/start-recovery.ts";
import { RunningTill, type Till } from "./running-till.ts";
import { systemTimers as timers } from "./system-timers.ts";
import { becomeReady, closeBase, openBase, type Base, type TillOptions } from "./till-base.ts";

export type { Till } from "./running-till.ts";
export type { TillOptions } from "./till-base.ts";

/**
 * Opens the till of a data folder: the ledger first, then the platform where the till is new, then the shift, the
 * devices and what the last run left unfinished. When it resolves, the till sells. A ledger that is not in order is put in
 * order first, with what the disk and the platform have of it.
 * @throws TillError that says what is in the way: the folder, the ledger, or that a new till needs the platform once.
 * @throws RecoveryNeeded when the ledger cannot be put in order without waiting for the platform or a manager.
 */
export async function openTill(options: TillOptions): Promise<Till> {
  try {
    return await openWhole(options);
  } catch (error) {
    if (!isRecoverable(error)) throw error;
    await recoverAtOnce(options, error);
  }
  // A second fault is one that recovering does not mend.
  return await openWhole(options);
}

async function openWhole(options: TillOptions): Promise<Till> {
  const folder = prepareDataFolder(options.folder);
  const catalog = openCatalog(folder);
  const zone = zoneOf(catalog.store());
  let base: Base;
  try {
    base = openBase(options, folder, catalog, zone);
  } catch (error) {
    catalog.close();
    throw error;
  }
  try {
    await becomeReady(options, base);
    if (zoneOf(base.catalog.store()) === zone) return new RunningTill(options, base).till();
  } catch (error) {
    await closeBase(base);
    throw error;
  }
  // A new till learns its shop's time zone with its first catalogue; from here on every entry is written in it.
  await closeBase(base);
  return openWhole(options);
}

/**
 * Longer than a platform that does not answer takes to be given up. A ledger of years that has to be read again takes
 * minutes: then windows are opened that say so and how far it is.
 */
const atOnceMs = 8_000;

async function recoverAtOnce(options: TillOptions, fault: TillError): Promise<void> {
  options.log.error({ err: fault }, "the ledger is not in order");
  const folder = prepareDataFolder(options.folder);
  const catalog = openCatalog(folder);
  let recovery: Recovery;
  let till: TillFacts;
  try {
    const store = catalog.store();
    const zone = zoneOf(store);
    recovery = createRecovery(options, { folder, zone, catalog }, fault);
    till = { number: readEnrolmentFile(folder)?.tillNumber, store: store?.name, zone };
  } finally {
    catalog.close();
  }
  const recovered = await withinPatience(recovery.tryNow());
  if (recovered === null) throw new RecoveryNeeded(recovery, till, fault);
  options.log.warn({ recovered: recovered.kind }, "the ledger was put in order");
}

/** What a try came to, or null where it goes on for longer than whoever starts a till waits. */
async function withinPatience<T>(trying: Promise<T | null>): Promise<T | null> {
  const patience = Promise.withResolvers<null>();
  const timer = timers.setTimer(() => patience.resolve(null), atOnceMs);
  try {
    return await Promise.race([trying, patience.promise]);
  } finally {
    timers.clearTimer(timer);
  }
}
