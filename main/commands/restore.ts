import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { SyncError } from "../../sync/errors.ts";
import { readArguments, readText } from "../arguments.ts";
import { openCatalog } from "../catalog/catalog.ts";
import { zoneOf } from "../catalog/zone.ts";
import { TillError } from "../contract/errors.ts";
import { defaultDataFolder, prepareDataFolder } from "../data-folder.ts";
import { createIdSource } from "../ledger/ids.ts";
import { openLedger } from "../ledger/open.ts";
import { verifyLedger } from "../ledger/verify/verify.ts";
import { readEnrolmentFile } from "../recovery/enrolment-file.ts";
import { openPlatformRecords, type PlatformRecords } from "../recovery/platform-records.ts";
import { isRecoverable, recoverLedger, type Recovered } from "../recovery/recover.ts";
import { PinPad } from "../staff/pins.ts";
import { askRunningTill } from "../tool.ts";
import { softwareVersion } from "../version.ts";
import { jsonOption, print, type Command } from "./command.ts";

const optionTypes = {
  ...jsonOption,
  data: { type: "string" },
  backup: { type: "string" },
  platform: { type: "string" },
} as const;

/** The environment variable with a manager's PIN: arguments can be read by every user of the machine. */
const pinVariable = "SUANPAN_MANAGER_PIN";

/**
 * `till restore`: brings back what the ledger of a till that is not running has lost, from the files of its folder, a backup and
 * the platform; and where something is missing for good, begins a new ledger that says so, with the platform's word or that of
 * the manager whose PIN stands in `SUANPAN_MANAGER_PIN`.
 */
export const restore: Command = {
  usage: "restore [DIR] [--backup FILE] [--platform URL] [--json]",
  does: "brings back missing entries from a backup and the platform, for a till that is not running",
  async run(typed) {
    const { values, words } = readArguments(typed, optionTypes);
    const [named, ...more] = words;
    if (more.length > 0) throw new TillError("command.invalid", { detail: more.join(" ") });
    const folder = prepareDataFolder(resolve(readText(values["data"]) ?? named ?? defaultDataFolder()));
    if ((await askRunningTill(folder, "ledger.care", {})) !== null) throw new TillError("folder.in-use", { folder });
    const given = readText(values["backup"]);
    const backup = given === undefined ? undefined : resolve(given);
    if (backup !== undefined && !existsSync(backup)) throw new TillError("command.invalid", { detail: backup });
    const { sentence, ...result } = await restoreFolder(folder, backup, readText(values["platform"]));
    print(values["json"] === true, result, [sentence]);
    return 0;
  },
};

type Result = { restored: boolean; fromPlatform: number; fromFiles: number; newLedger: boolean; sentence: string };

const nothingToDo: Result = {
  restored: false,
  fromPlatform: 0,
  fromFiles: 0,
  newLedger: false,
  sentence: "The ledger is whole: nothing had to be brought back.",
};

async function restoreFolder(folder: string, backup: string | undefined, url: string | undefined): Promise<Result> {
  const catalog = openCatalog(folder);
  const clock = { now: Date.now, zone: zoneOf(catalog.store()) };
  const ids = createIdSource({ now: Date.now, random: (count) => randomBytes(count) });
  const platformUrl = url ?? readEnrolmentFile(folder)?.platformUrl ?? "";
  const records = openRecords(folder, platformUrl);
  try {
    const fault = await faultOfLedger({ folder, clock, ids }, records);
    if (fault === null) return nothingToDo;
    const pin = process.env[pinVariable];
    const managers = catalog.people().filter(({ roles }) => roles.includes("manager"));
    const pins = new PinPad({ people: () => managers, now: Date.now });
    const approvedBy = pin === undefined ? undefined : (await pins.identify(pin)).id;
    const recovered = await recoverLedger({
      folder,
      platformUrl,
      fault,
      records,
      ...(approvedBy === undefined ? {} : { approvedBy }),
      ...(backup === undefined ? {} : { backup }),
      clock,
      ids,
      softwareVersion,
    });
    return describe(recovered);
  } finally {
    records?.close();
    catalog.close();
  }
}

function openRecords(folder: string, platformUrl: string): PlatformRecords | null {
  const enrolment = readEnrolmentFile(folder);
  if (enrolment === undefined || !URL.canParse(platformUrl)) return null;
  try {
    return openPlatformRecords(folder, platformUrl, enrolment);
  } catch (error) {
    // The other sources are left.
    if (error instanceof TillError && error.code === "ledger.key-missing") return null;
    throw error;
  }
}

/** Why the ledger cannot be opened, or what the platform knows more of it; null where all is well. */
async function faultOfLedger(
  parts: { folder: string; clock: { now(): number; zone: string }; ids: ReturnType<typeof createIdSource> },
  records: PlatformRecords | null,
): Promise<TillError | null> {
  if (!existsSync(join(parts.folder, "ledger.db"))) {
    return new TillError("ledger.behind-mark", { missing: 0, entries: 0, receipt: "" });
  }
  try {
    const ledger = openLedger({ ...parts, softwareVersion });
    try {
      const fault = records === null ? null : await faultAtPlatform(ledger, records);
      if (fault !== null) return fault;
    } finally {
      ledger.close();
    }
    // Opening looks at what has come since the last check; whoever restores wants all of it looked at.
    const { firstBroken } = await verifyLedger({ folder: parts.folder });
    if (firstBroken === null || firstBroken.reason === "projection-differs") return null;
    return new TillError("ledger.damaged", { seq: firstBroken.seq, detail: firstBroken.reason });
  } catch (error) {
    if (isRecoverable(error)) return error;
    throw error;
  }
}

async function faultAtPlatform(
  ledger: ReturnType<typeof openLedger>,
  records: PlatformRecords,
): Promise<TillError | null> {
  try {
    const { mark } = await records.mark(ledger.identity.ledger);
    if (mark.seq === 0 || ledger.entry(mark.seq)?.hash === mark.hash) return null;
    const entries = Math.max(0, mark.seq - ledger.head().seq);
    return new TillError("ledger.behind-mark", { missing: 0, entries, receipt: "" });
  } catch (error) {
    // What the platform does not say cannot be compared; the ledger itself is in order.
    if (error instanceof SyncError) return null;
    throw error;
  }
}

function describe(recovered: Recovered): Result {
  const { platform, file } = recovered.counts;
  const brought = `${platform} entries came from the platform and ${file} from files.`;
  const shared = { restored: true, fromPlatform: platform, fromFiles: file };
  if (recovered.kind === "restored") {
    return {
      ...shared,
      newLedger: false,
      sentence: `${brought} The ledger is whole up to number ${recovered.head.seq}.`,
    };
  }
  const { missing } = recovered.follows;
  const gap =
    missing === undefined ? "Nothing is missing." : `Entries ${missing.fromSeq} to ${missing.toSeq} are missing.`;
  return { ...shared, newLedger: true, sentence: `${brought} ${gap} The till goes on in a new ledger that says so.` };
}
