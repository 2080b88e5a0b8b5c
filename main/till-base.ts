import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { SyncError } from "../sync/errors.ts";
import type { Catalog } from "./catalog/catalog.ts";
import { TillError } from "./contract/errors.ts";
import { createIdSource } from "./ledger/ids.ts";
import { openRequestKey } from "./ledger/keys.ts";
import { openLedger, type Ledger } from "./ledger/open.ts";
import { zoneTime } from "./ledger/time.ts";
import { openPlatformLink, type PlatformLink } from "./platform-link.ts";
import { keepEnrolmentFile, readEnrolmentFile } from "./recovery/enrolment-file.ts";
import { enrolAgainKey } from "./recovery/succession.ts";
import type { DeviceSetup } from "./till-devices.ts";
import { systemTimers as timers } from "./system-timers.ts";
import { softwareVersion } from "./version.ts";

/** What a till is opened with. */
export type TillOptions = {
  folder: string;
  platformUrl: string;
  /**
   * Who stands in front of it: a cashier, or the shopper alone. A kiosk has no drawer, names nobody in its entries and prints
   * a receipt only when it is asked for. A till where it is left out.
   */
  mode?: "till" | "kiosk";
  /** Needed once, for a till that is not enrolled. */
  enrolmentCode?: string;
  devices: DeviceSetup;
  /** The money that lies in the drawer when the first shift is opened. */
  floatMinor: number;
  log: Logger;
};

/** The time of this till, in the zone of its shop and by the business day of it. */
export type TillClock = {
  now(): number;
  format(timeMs: number): string;
  businessDay(timeMs: number): string;
  /** When the shop's business day begins, in minutes after midnight. */
  dayStartMinutes(): number;
};

/** What stands before there is anything to sell: ledger, catalogue and the line to the platform. */
export type Base = {
  folder: string;
  ledger: Ledger;
  catalog: Catalog;
  link: PlatformLink;
  clock: TillClock;
  newId(): string;
  /** What hears of changes, and of a disk that failed; set once the rest of the till stands. */
  listener: { changed(): void; failed(): void };
};

/** Opens the ledger and the line to the platform. Nothing is sent before `becomeReady`. */
export function openBase(options: TillOptions, folder: string, catalog: Catalog, zone: string): Base {
  const { log } = options;
  const ids = createIdSource({ now: Date.now, random: (count) => randomBytes(count) });
  const listener = { changed: () => {}, failed: () => {} };
  requireLedgerOfEnrolled(folder);
  const dayStart = createDayStart(catalog);
  const ledger = openLedger({
    folder,
    failed: (error) => {
      log.error({ err: error }, "the disk failed under the ledger");
      listener.failed();
    },
    clock: { now: Date.now, zone },
    ids,
    softwareVersion,
    dayStartMinutes: dayStart.minutes,
    report: (error) => log.warn({ err: error }, "a mark could not be flushed"),
  });
  const wall = zoneTime(zone);
  const clock: TillClock = {
    now: Date.now,
    format: (timeMs) => wall.format(timeMs),
    businessDay: (timeMs) => wall.businessDay(timeMs, dayStart.minutes()),
    dayStartMinutes: dayStart.minutes,
  };
  const link = openPlatformLink({
    platformUrl: options.platformUrl,
    folder,
    ledger,
    catalog,
    requestKey: openRequestKey(join(folder, "keys"), ledger.enrolment()?.requestKeyId),
    clock,
    timers,
    random: Math.random,
    newId: () => ids.uuid(),
    onChange: () => {
      dayStart.readAgain();
      listener.changed();
    },
    onStatus: ({ state, error }) => log.info({ state, code: error?.code, err: error?.cause }, "platform"),
    onUnnoted: (error) => log.warn({ err: error }, "an outage could not be noted"),
    onOlderRefused: (of, error) => log.error({ ledger: of, code: error.code }, "an older ledger is refused"),
    onRefusedChanges: (refused) => log.warn({ refused }, "changes of the catalogue that cannot be read"),
  });
  return { folder, ledger, catalog, link, clock, newId: () => ids.uuid(), listener };
}

/**
 * When the shop's business day begins: read when something came from the platform, not with each entry. Midnight before the first
 * catalogue; one that is being thrown away and pulled again leaves it as it was.
 */
function createDayStart(catalog: Catalog): { minutes(): number; readAgain(): void } {
  let minutes = catalog.store()?.dayStartMinutes ?? 0;
  return {
    minutes: () => minutes,
    readAgain() {
      const store = catalog.store();
      if (store !== null) minutes = store.dayStartMinutes ?? 0;
    },
  };
}

/**
 * A till that was enrolled and has no ledger has lost it: a new one in its place would begin at receipt 1 again.
 * @throws TillError `ledger.behind-mark`.
 */
function requireLedgerOfEnrolled(folder: string): void {
  if (existsSync(join(folder, "ledger.db")) || readEnrolmentFile(folder) === undefined) return;
  throw new TillError("ledger.behind-mark", { missing: 0, entries: 0, receipt: "" });
}

/** How long a till that starts waits for the platform's word on its ledger. Without a network it sells all the same. */
const platformMarkMs = 1_500;

/**
 * A new till needs the platform once: for its number, and for something to sell. After that it opens without.
 * @throws TillError also `ledger.behind-mark` or `ledger.damaged` when the platform knows more of this ledger than its file.
 */
export async function becomeReady(options: TillOptions, base: Base): Promise<void> {
  const { ledger, catalog, link } = base;
  if (ledger.enrolment() === undefined) {
    if (options.enrolmentCode === undefined) await refuseToOpen(ledger, link);
    else await link.enrol(options.enrolmentCode);
  } else if (ledger.settings.read(enrolAgainKey) !== undefined) await enrolAgain(options, base);
  else await holdAgainstPlatform(link);
  rememberEnrolment(options, base);
  link.engine.start();
  if (catalog.store() !== null && catalog.status().items > 0) return;
  await link.engine.roundEnded();
  if (catalog.store() === null) throw new TillError("till.needs-platform", {}, link.engine.status.error);
  if (catalog.status().items === 0) throw new TillError("catalog.empty");
}

async function holdAgainstPlatform(link: PlatformLink): Promise<void> {
  const patience = Promise.withResolvers<void>();
  const timer = timers.setTimer(() => patience.resolve(), platformMarkMs);
  const asked = link.holdAgainstPlatform().catch((error: unknown) => {
    // A platform that is not there, or does not answer this, says nothing against the ledger.
    if (!(error instanceof SyncError)) throw error;
  });
  try {
    await Promise.race([asked, patience.promise]);
  } finally {
    timers.clearTimer(timer);
    // A word that comes too late is heard at the next start.
    asked.catch(() => undefined);
  }
}

/** A till that lost the key of its requests sells on; the platform hears it again once an operator's code has come. */
async function enrolAgain({ enrolmentCode, log }: TillOptions, { ledger, link }: Base): Promise<void> {
  if (enrolmentCode === undefined) return;
  try {
    await link.enrol(enrolmentCode);
    ledger.settings.remove(enrolAgainKey);
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    log.warn({ err: error }, "the till could not be enrolled again yet");
  }
}

/** Outside the ledger, for the day on which the ledger is gone. */
function rememberEnrolment({ platformUrl }: TillOptions, { folder, ledger }: Base): void {
  const enrolment = ledger.enrolment();
  if (enrolment === undefined) return;
  keepEnrolmentFile(folder, { ...enrolment, ledger: ledger.identity.ledger, platformUrl });
}

/** What a till that has left its shop could not send any more before it ended is sent now: it is the shop's all the same. */
async function refuseToOpen(ledger: Ledger, link: PlatformLink): Promise<never> {
  if (ledger.lastEnrolment() === undefined) throw new TillError("till.not-enrolled");
  link.engine.start();
  await link.engine.roundEnded();
  throw new TillError("till.signed-out");
}

/** Puts them away. */
export async function closeBase({ ledger, catalog, link }: Base): Promise<void> {
  await link.close();
  ledger.close();
  catalog.close();
}
