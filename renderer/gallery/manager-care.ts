import type { LedgerCareView } from "../../main/contract/manager.ts";
import { managerNow, time } from "./manager-answers.ts";
import { galleryId } from "./snapshots.ts";

const megabyte = 1_000_000;
const hourMs = 3_600_000;

/** A ledger that is kept as it should be, and to which nothing has happened. */
const well: LedgerCareView = {
  entries: 61_208,
  verifiedSeq: 61_208,
  start: { pages: "whole", walkedAfterSeq: 60_744, afterFailedFlush: false },
  disk: { state: "ample", freeBytes: 41_300 * megabyte, hasReserve: true },
  lastBackup: { at: "2026-11-19T22:04:00.000+08:00", seq: 60_690 },
  incidents: [],
  unseen: 0,
  older: [],
};

const restored = {
  seq: 48_010,
  at: "2026-10-02T07:31:12.000+08:00",
  code: "ledger.restored",
  detail: "ledger.behind-mark: 0 entries from this disk, 214 from the platform",
};

const happened: LedgerCareView["incidents"] = [
  { seq: 61_190, at: time(managerNow - 0.5 * hourMs), code: "row.damaged", detail: "parked_sales" },
  {
    seq: 61_022,
    at: time(managerNow - 3 * hourMs),
    code: "disk.flush-failed",
    detail: "Everything up to 61021 was read back",
  },
  restored,
];

const codes = [
  ["chain.broken", "Entry 40217: previous hash"],
  ["ledger.succeeded", "entries-missing: 01930000-0000-7000-8000-000000000009: entries 61205 to 61208 are missing"],
  ["marks.unreadable", "Both slots are torn"],
  ["disk.room", "52428800 bytes are free"],
  ["disk.full", "1048576 bytes are free"],
  ["row.damaged", "open_basket"],
  ["row.damaged", "print_jobs"],
  ["row.damaged", "private_values"],
  ["row.damaged", "settings"],
  ["row.damaged", "outages"],
  ["row.damaged", "loyalty_cards"],
  ["clock.unsure", "a code of a newer till"],
] as const;

/** What the till says of the care of its ledger, by how the ledger fares. */
export const cares = {
  well,
  happened: { ...well, incidents: happened, unseen: 2 },
  seen: { ...well, incidents: happened },
  every: {
    ...well,
    incidents: [
      ...codes.map(([code, detail], index) => ({
        seq: 61_207 - index,
        at: time(managerNow - index * hourMs),
        code,
        detail,
      })),
      ...happened,
    ],
    unseen: codes.length,
  },
  low: {
    ...well,
    start: { pages: "bounded", walkedAfterSeq: 56_208, afterFailedFlush: false },
    disk: { state: "low", freeBytes: 430 * megabyte, hasReserve: true },
  },
  full: {
    ...well,
    disk: { state: "full", freeBytes: 2 * megabyte, hasReserve: false },
    incidents: [{ seq: 61_207, at: time(managerNow - 60_000), code: "disk.full", detail: "2000000 bytes are free" }],
    unseen: 1,
  },
  following: {
    ...well,
    entries: 212,
    verifiedSeq: 198,
    start: { pages: "whole", walkedAfterSeq: 0, afterFailedFlush: true },
    incidents: [
      {
        seq: 3,
        at: "2026-11-20T07:31:40.000+08:00",
        code: "ledger.succeeded",
        detail: `entries-missing: ${galleryId(9)}: entries 61205 to 61208 are missing`,
      },
    ],
    older: [
      {
        ledger: galleryId(9),
        seq: 61_208,
        reason: "entries-missing",
        missing: { fromSeq: 61_205, toSeq: 61_208 },
        receiptCode: "2-20701",
        approvedBy: "manager",
      },
      { ledger: galleryId(8), seq: 14_022, reason: "key-missing", receiptCode: "2-4310", approvedBy: "platform" },
      { ledger: galleryId(7), seq: 40, reason: "damaged", missing: { fromSeq: 40, toSeq: 40 } },
    ],
  },
} as const satisfies Record<string, LedgerCareView>;

const { lastBackup: _lastBackup, ...neverSaved } = well;

/** A new till: nobody has made a backup yet. */
export const careOfNewTill: LedgerCareView = { ...neverSaved, entries: 4, verifiedSeq: 4 };
