import type { ZReport, ZReportRow } from "../../main/contract/z-report.ts";
import { managerNow, time, xReport } from "./manager-answers.ts";

const dayMs = 86_400_000;
const newest = 41;

/** How each shift ended, the newest first: mostly right, sometimes a coin too few or too many. */
const differences = [-1150, 0, 0, 50, 0, 0, -200, 0, 0, 0, 1000, 0];

/** The newest Z reports of the list. */
export const zRows: ZReportRow[] = differences.map((differenceMinor, index) => ({
  seq: 61_000 - index * 1490,
  number: newest - index,
  openedAt: time(managerNow - (index + 1) * dayMs - 39_600_000 + 12_000),
  closedAt: time(managerNow - index * dayMs - 124_000),
  figures: {
    currency: "CNY",
    sales: 412 - index * 9,
    netMinor: 1_819_840 - index * 37_110,
    countedMinor: 554_230 + differenceMinor,
    differenceMinor,
  },
}));

const { at: _at, drawer, ...shift } = xReport;

/** The newest of them, closed two minutes ago with too little in the drawer. */
export const zReport: ZReport = {
  ...shift,
  number: newest,
  seq: 61_000,
  hash: "9f2c41d07be85a36".repeat(4),
  businessDay: "2026-11-20",
  closedAt: time(managerNow - 124_000),
  closedBy: { en: "Chen Yu", "zh-CN": "陈宇" },
  drawer: { ...drawer, countedMinor: 553_080, differenceMinor: -1150 },
  perpetual: { zNumber: newest, sales: 16_204, salesMinor: 72_480_310, refunds: 118, refundsMinor: 391_240 },
};

/** One whose drawer agreed. */
export const evenZReport: ZReport = {
  ...zReport,
  number: newest - 1,
  drawer: { ...drawer, countedMinor: drawer.expectedMinor, differenceMinor: 0 },
};
