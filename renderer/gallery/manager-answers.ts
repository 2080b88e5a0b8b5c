import type { Arrival, DayReport, SyncEntry, SyncOverview, SyncRow, XReport } from "../../main/contract/manager.ts";
import { tiles } from "./goods.ts";

/** The clock of the manager's screens stands here: 18:42 in Shanghai, near the end of a day. */
export const managerNow = Date.parse("2026-11-20T18:42:06.000+08:00");

const opening = Date.parse("2026-11-20T07:32:10.000+08:00");
const outageFrom = Date.parse("2026-11-20T13:05:00.000+08:00");
const outageTo = Date.parse("2026-11-20T13:47:20.000+08:00");
const heldAt = Date.parse("2026-11-20T16:31:08.000+08:00");

/** An instant as the contract has it. */
export function time(instant: number): string {
  return new Date(instant + 8 * 3_600_000).toISOString().replace("Z", "+08:00");
}

function id(number: number): string {
  return `01930000-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

/** Numbers that look like chance and are the same in every picture. */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    // mulberry32 in plain arithmetic of 32 bits.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How busy each hour of a grocery is, from 7 to 18. */
const rush = [3, 11, 9, 5, 5, 10, 6, 5, 5, 6, 14, 13];

const keptInOutage = 31;

/** Sales of a day in the order in which they were made: more of them in the hours that people shop in. */
function madeTimes(count: number): number[] {
  const random = drawn(7);
  const all = rush.reduce((sum, weight) => sum + weight, 0);
  const inOutage = Math.min(count, keptInOutage);
  const times = Array.from({ length: inOutage }, (_, index) => {
    return outageFrom + 40_000 + Math.floor(((index + random() * 0.6) * (outageTo - outageFrom - 80_000)) / inOutage);
  });
  while (times.length < count) {
    let left = random() * all;
    const hour = rush.findIndex((weight) => (left -= weight) < 0);
    const made = Date.parse("2026-11-20T07:00:00.000+08:00") + (hour + random()) * 3_600_000;
    const isInOutage = made >= outageFrom && made <= outageTo;
    if (made >= opening && made < managerNow - 30_000 && !isInOutage) times.push(Math.floor(made));
  }
  return times.sort((one, other) => one - other);
}

type Day = { readonly count: number; readonly held: boolean; readonly offlineSince?: number; readonly outage: boolean };

function stateOf(made: number, index: number, count: number, day: Day): Arrival {
  if (day.held && index === Math.round(count * 0.79)) return "needs-you";
  if (day.offlineSince !== undefined && made > day.offlineSince) return "safe";
  return index > count - 40 ? "confirmed" : "settled";
}

function arrivalOf(made: number, day: Day): number {
  if (day.outage && made > outageFrom && made < outageTo) return outageTo + 20_000 + ((made - outageFrom) % 80_000);
  return made + 900;
}

function threadsOf(day: Day): SyncOverview["threads"] {
  return madeTimes(day.count).map((made, index) => {
    const state = stateOf(made, index, day.count, day);
    return {
      seq: 60_000 + index * 3,
      madeAt: time(state === "needs-you" ? heldAt : made),
      ...(state === "safe" ? {} : { arrivedAt: time(arrivalOf(made, day)) }),
      state,
    };
  });
}

function overviewOf(day: Day): SyncOverview {
  const threads = threadsOf(day);
  const counted = (state: Arrival) => threads.filter((thread) => thread.state === state).length;
  const held = counted("needs-you");
  const safe = counted("safe");
  return {
    businessDay: "2026-11-20",
    sales: day.count,
    arrived: day.count - held - safe,
    counts: {
      "needs-you": held,
      safe,
      "on-the-way": 0,
      confirmed: counted("confirmed"),
      settled: counted("settled"),
    },
    entries: { made: 61_208, arrived: safe === 0 ? 61_208 : 61_208 - safe * 3 },
    lastAnswerAt: time(managerNow - 400),
    notArrived: {
      count: safe,
      totalMinor: safe * 5680,
      ...(day.offlineSince === undefined ? {} : { oldestAt: time(day.offlineSince) }),
    },
    atRisk: { count: 0, totalMinor: 0 },
    clockOffsetMs: -400,
    room: { freeBytes: 41_300_000_000, days: 41 },
    outages: [
      ...(day.outage
        ? [{ from: time(outageFrom), to: time(outageTo), kept: 31, arrivedBy: time(outageTo + 110_000) }]
        : []),
      ...(day.offlineSince === undefined ? [] : [{ from: time(day.offlineSince), kept: safe }]),
    ],
    threads,
  };
}

/** The sync page's facts on several days. */
export const overviews = {
  usual: {
    ...overviewOf({ count: 412, held: true, outage: true }),
    atRisk: { count: 4, totalMinor: 21_460, dueAt: "2026-11-21T13:44:00.000+08:00" },
  },
  all: overviewOf({ count: 412, held: false, outage: false }),
  offline: {
    ...overviewOf({ count: 412, held: false, outage: false, offlineSince: Date.parse("2026-11-20T17:58:00+08:00") }),
    clockOffsetMs: 192_000,
  },
  many: overviewOf({ count: 2000, held: true, outage: true }),
  empty: {
    ...overviewOf({ count: 0, held: false, outage: false }),
    entries: { made: 3, arrived: 3 },
    threads: [],
  },
} satisfies Record<string, SyncOverview>;

type RowGiven = Pick<SyncRow, "seq" | "receiptCode" | "totalMinor" | "state"> & Partial<SyncRow> & { made: string };

function row({ made, ...given }: RowGiven): SyncRow {
  return {
    kind: "sale",
    saleId: id(given.seq),
    madeAt: `2026-11-20T${made}.000+08:00`,
    paidBy: "wallet",
    tries: 1,
    ...given,
  };
}

function arrived(at: string): Pick<SyncRow, "arrivedAt" | "answer"> {
  const instant = `2026-11-20T${at}.000+08:00`;
  return { arrivedAt: instant, answer: { code: "sale.settled", at: instant, by: "platform" } };
}

/** The sale that the platform holds. */
export const heldRow: SyncRow = row({
  seq: 61_021,
  receiptCode: "2-20765",
  made: "16:31:08",
  totalMinor: 5680,
  state: "needs-you",
  paidBy: "cash",
  tries: 6,
  arrivedAt: "2026-11-20T16:31:09.000+08:00",
  answer: { code: "tax-class.unknown", at: "2026-11-20T18:20:41.000+08:00", by: "platform" },
});

/** A sale that waits for the network. */
export const safeRow: SyncRow = row({
  seq: 61_209,
  receiptCode: "2-20872",
  made: "18:41:50",
  totalMinor: 12_880,
  state: "safe",
  paidBy: "mixed",
  tries: 3,
  answer: { code: "platform.not-reached", at: "2026-11-20T18:42:01.000+08:00", by: "line" },
  nextTryAt: "2026-11-20T18:42:33.000+08:00",
});

const settledRows: SyncRow[] = Array.from({ length: 60 }, (_, index) => {
  const made = time(managerNow - (index + 1) * 96_000).slice(11, 19);
  const at = time(managerNow - (index + 1) * 96_000 + 1000).slice(11, 19);
  const isRefund = index % 17 === 4;
  return row({
    seq: 61_205 - index * 3,
    receiptCode: `2-${20_870 - index}`,
    made,
    totalMinor: isRefund ? -1250 : 880 + ((index * 7919) % 14_000),
    state: index < 6 ? "confirmed" : "settled",
    kind: isRefund ? "refund" : "sale",
    paidBy: isRefund || index % 3 === 1 ? "cash" : "wallet",
    ...arrived(at),
  });
});

/** The newest sale, already there, with a large amount. */
const newestRow: SyncRow = row({
  seq: 61_208,
  receiptCode: "2-20871",
  made: "18:41:58",
  totalMinor: 1_234_567,
  state: "confirmed",
  ...arrived("18:41:59"),
});

/** A sale that is being sent. */
const movingRow: SyncRow = row({
  seq: 61_210,
  receiptCode: "2-20873",
  made: "18:42:03",
  totalMinor: 2350,
  state: "on-the-way",
});

/** The log, worst first. */
export const rows = {
  usual: [heldRow, newestRow, ...settledRows],
  offline: [safeRow, movingRow, ...settledRows.slice(6)],
  all: [newestRow, ...settledRows],
};

/** The text of an entry as it would be stored; of the gallery alone. */
const entryText = '{"format":1,"ledger":"01930000-0000-7000-8000-000000000009","type":"sale.settled"}';

/** An opened entry. */
export function entryOf(of: SyncRow): SyncEntry {
  const [banana, apple, , tomato] = tiles;
  const sold = [banana!, apple!, tomato!].map(({ name }, index) => ({ name, totalMinor: 1200 + index * 840 }));
  return {
    row: of,
    text: entryText,
    hash: "0".repeat(64),
    lines: sold,
    answers:
      of.state === "needs-you" || of.state === "settled"
        ? [{ state: of.state, code: of.answer?.code ?? "sale.settled", at: of.answer?.at ?? of.madeAt }]
        : [],
  };
}

/** The day on one page. */
export const day: DayReport = {
  businessDay: "2026-11-20",
  startHour: 0,
  currency: "CNY",
  sales: 412,
  salesMinor: 1_828_460,
  refunds: 3,
  refundsMinor: 8620,
  netMinor: 1_819_840,
  items: 1208,
  tenders: [
    { kind: "cash", count: 131, amountMinor: 498_210 },
    { kind: "wallet", count: 284, amountMinor: 1_321_630 },
  ],
  commissionMinor: 7930,
  hours: rush.map((weight, index) => ({
    hour: 7 + index,
    sales: weight * 4 + (index % 3),
    totalMinor: weight * 19_700 + ((index * 4111) % 9_000),
  })),
  goods: tiles.slice(0, 10).map(({ itemId, name, unit }, index) => ({
    itemId,
    name,
    unit,
    quantity: unit === "each" ? 148 - index * 11 : 0,
    weightGrams: unit === "kilogram" ? 84_200 - index * 6_130 : 0,
    totalMinor: 141_250 - index * 11_370,
  })),
};

/** The day of a bar, which goes on until four, with an entry that this version cannot read. */
export const lateDay: DayReport = {
  ...day,
  startHour: 4,
  unread: 1,
  hours: [18, 19, 20, 21, 22, 23, 0, 1, 2].map((hour, index) => ({
    hour,
    sales: 8 + index * 3,
    totalMinor: 61_000 + index * 22_000,
  })),
};

/** The first minutes of a first day. */
export const firstDay: DayReport = {
  ...day,
  sales: 0,
  salesMinor: 0,
  refunds: 0,
  refundsMinor: 0,
  netMinor: 0,
  items: 0,
  tenders: [],
  commissionMinor: 0,
  hours: [],
  goods: [],
};

/** The open shift. */
export const xReport: XReport = {
  shift: id(20),
  openedAt: "2026-11-20T07:28:12.000+08:00",
  openedBy: { en: "Chen Yu", "zh-CN": "陈宇" },
  at: time(managerNow),
  currency: "CNY",
  firstReceipt: "2-20460",
  lastReceipt: "2-20871",
  sales: 412,
  salesMinor: 1_828_460,
  refunds: 3,
  refundsMinor: 8620,
  netMinor: 1_819_840,
  discountsMinor: 12_450,
  depositsMinor: 3400,
  roundingMinor: -118,
  abandoned: 7,
  abandonedMinor: 31_260,
  priceChanges: 4,
  ageChecks: 23,
  drawerOpenings: 2,
  taxes: [
    {
      taxClass: "standard",
      name: { en: "VAT 13 %", "zh-CN": "增值税 13%" },
      ratePartsPerMillion: 130_000,
      grossMinor: 1_204_310,
      taxMinor: 138_549,
    },
    {
      taxClass: "food",
      name: { en: "VAT 9 %", "zh-CN": "增值税 9%" },
      ratePartsPerMillion: 90_000,
      grossMinor: 612_130,
      taxMinor: 50_543,
    },
  ],
  tenders: [
    { kind: "cash", count: 131, amountMinor: 498_210 },
    { kind: "wallet", count: 284, amountMinor: 1_321_630 },
  ],
  payouts: [
    { kind: "cash", count: 1, amountMinor: 2600 },
    { kind: "wallet", count: 2, amountMinor: 6020 },
  ],
  commission: [{ rail: "wallet", payments: 284, paidMinor: 1_321_630, commissionMinor: 7930 }],
  drawer: { floatMinor: 50_000, inMinor: 506_830, outMinor: 2600, expectedMinor: 554_230 },
};

/** A shift that has just begun. */
export const emptyReport: XReport = {
  shift: id(21),
  openedAt: "2026-11-20T18:40:02.000+08:00",
  at: time(managerNow),
  currency: "CNY",
  sales: 0,
  salesMinor: 0,
  refunds: 0,
  refundsMinor: 0,
  netMinor: 0,
  discountsMinor: 0,
  depositsMinor: 0,
  roundingMinor: 0,
  abandoned: 0,
  abandonedMinor: 0,
  priceChanges: 0,
  ageChecks: 0,
  drawerOpenings: 0,
  taxes: [],
  tenders: [],
  payouts: [],
  commission: [],
  drawer: { floatMinor: 0, inMinor: 0, outMinor: 0, expectedMinor: 0 },
};
