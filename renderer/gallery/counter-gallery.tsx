import type { CounterContract, CounterSnapshot, PaperLine, Station, StationId } from "../../main/contract/counter.ts";
import { TillError } from "../../main/contract/errors.ts";
import type { Locale } from "../../main/contract/snapshot.ts";
import { CounterApp } from "../counter/counter-app.tsx";
import type { Session, SessionState } from "../shared/session.ts";
import type { WordKey } from "../shared/words/en.ts";
import { categories, tiles } from "./goods.ts";
import { galleryNow } from "./snapshots.ts";

function text(line: string, more: Partial<Extract<PaperLine, { kind: "text" }>> = {}): PaperLine {
  return { kind: "text", text: line, align: "left", bold: false, widthScale: 1, heightScale: 1, ...more };
}

function columns(left: string, right: string, cells = 48): string {
  let width = 0;
  for (const character of left + right) width += character > "\u2e80" ? 2 : 1;
  return left + " ".repeat(Math.max(1, cells - width)) + right;
}

/** Looks like a code and reads as nothing: finder patterns and a fixed scatter. */
function drawnRows(size: number): string[] {
  const inFinder = (x: number, y: number) => (x < 8 && y < 8) || (x >= size - 8 && y < 8) || (x < 8 && y >= size - 8);
  const finder = (x: number, y: number) => {
    const column = x >= size - 8 ? x - (size - 7) : x;
    const row = y >= size - 8 ? y - (size - 7) : y;
    const ring = Math.max(Math.abs(column - 3), Math.abs(row - 3));
    return ring === 3 || ring <= 1;
  };
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (__, x) =>
      (inFinder(x, y) ? finder(x, y) : (Math.sin(x * 12.9898 + y * 78.233 + x * y * 3.7) * 43_758.5453) % 1 > 0)
        ? "1"
        : "0",
    ).join(""),
  );
}

const receipt: PaperLine[] = [
  text("Lantern Lane Grocery", { align: "center", bold: true, heightScale: 2, widthScale: 2 }),
  text("18 Lantern Lane", { align: "center" }),
  text(columns("Till 2 · Chen Yu", "2026-11-20 14:32")),
  text("-".repeat(48)),
  text(columns("2 × Jasmine tea 500 ml", "9.00")),
  text(columns("Fuji apples", "9.94")),
  text("  0.842 kg × 11.80"),
  text(columns("茉莉花茶 500 毫升", "9.00")),
  text("-".repeat(48)),
  text(columns("Total", "¥91.24", 24), { bold: true, heightScale: 2, widthScale: 2 }),
  text(columns("Cash", "100.00")),
  text(columns("Change", "8.80")),
  { kind: "feed", lines: 1 },
  { kind: "qr", rows: drawnRows(33), text: "PC1:2-20701" },
  text("Keep this receipt for returns.", { align: "center" }),
  { kind: "cut" },
];

const till: Station = {
  id: "till",
  scanner: { plugged: true, scans: 6, lastScan: "6972145300182" },
  printer: { columns: 48, paper: "ok", cover: "closed", answering: true },
  paper: [{ id: 1, lines: receipt }],
  drawer: { state: "closed", cashMinor: 51_200 },
  network: "up",
};

const { drawer: _drawer, ...withoutDrawer } = till;
const kiosk: Station = {
  ...withoutDrawer,
  id: "kiosk",
  scanner: { plugged: true, scans: 1, lastScan: "PC1:\u202e01" },
  paper: [],
};

function piles(...counts: readonly [valueMinor: number, count: number][]): CounterSnapshot["purse"] {
  return {
    piles: counts.map(([valueMinor, count]) => ({ valueMinor, count })),
    totalMinor: counts.reduce((sum, [valueMinor, count]) => sum + valueMinor * count, 0),
  };
}

const pages = ["cashier", "kiosk", "manager", "kiosk-manager", "customer", "wallet", "console"] as const;

const atTill: CounterSnapshot = {
  run: "gallery",
  version: 1,
  currency: "CNY",
  pages: pages.map((name) => ({ name, url: `http://127.0.0.1/${name}/` })),
  stations: [till, kiosk],
  purse: piles([10_000, 4], [5_000, 3], [2_000, 4], [1_000, 4], [500, 4], [100, 8], [50, 3], [10, 5]),
  tray: piles(),
  demoPin: "2580",
  categories: categories.map(({ id, name }) => ({ id, name })),
  goods: tiles.map(({ itemId, name, unit, priceMinor, picture, ageMinimum }) => ({
    id: itemId,
    code: "6972145300182",
    name,
    category: "popular",
    priceMinor,
    unit,
    ...(ageMinimum === undefined ? {} : { ageMinimum }),
    ...(picture === undefined ? {} : { picture }),
  })),
  shoppers: [
    { id: "a", name: { en: "Wang Fang", "zh-CN": "王芳" }, balanceMinor: 41_230 },
    { id: "b", name: { en: "Li Lei", "zh-CN": "李雷" }, balanceMinor: 1_250 },
  ],
  rails: ["wechat-pay", "alipay"].map((rail) => ({
    rail: rail === "alipay" ? rail : "wechat-pay",
    behaviour: "at-once",
    balances: [
      { shopperId: "a", balanceMinor: 50_000 },
      { shopperId: "b", balanceMinor: 300 },
    ],
    waiting: [],
  })),
  payCode: {
    shopperId: "a",
    rail: "wallet",
    text: "PT1:",
    rows: drawnRows(73),
    expiresAt: galleryNow + 38_000,
    used: false,
  },
};

const withTray: CounterSnapshot = {
  ...atTill,
  purse: piles([10_000, 3], [5_000, 3], [2_000, 4], [1_000, 2], [500, 4], [100, 8], [50, 0], [10, 3]),
  tray: piles([10_000, 1], [1_000, 2], [50, 3], [10, 2]),
};

const [wechatPay, ...otherRails] = atTill.rails;
const withOtherWallet: CounterSnapshot = {
  ...atTill,
  payCode: {
    shopperId: "a",
    rail: "wechat-pay",
    text: "13",
    rows: drawnRows(21),
    expiresAt: galleryNow + 38_000,
    used: false,
  },
};
const withPassword: CounterSnapshot = {
  ...withOtherWallet,
  rails:
    wechatPay === undefined
      ? []
      : [
          {
            ...wechatPay,
            behaviour: "password",
            waiting: [{ orderNumber: "0".repeat(32), shopperId: "a", amountMinor: 9124 }],
          },
          ...otherRails,
        ],
};

const { payCode: _code, ...withoutCode } = atTill;
const idle: Station = {
  ...till,
  scanner: { plugged: false, scans: 0 },
  printer: { columns: 48, paper: "end", cover: "open", answering: false },
  paper: [],
  network: "cut",
};

type Screen = { snapshot: CounterSnapshot; station?: StationId };

/** Every state of the counter's page. */
const screens: Readonly<Record<string, Screen>> = {
  counter: { snapshot: atTill },
  "counter-kiosk": { snapshot: atTill, station: "kiosk" },
  "counter-other-wallet": { snapshot: withOtherWallet },
  "counter-password": { snapshot: withPassword },
  "counter-purse": { snapshot: withTray },
  "counter-drawer": {
    snapshot: { ...withTray, stations: [{ ...till, drawer: { state: "open", cashMinor: 51_200 } }, kiosk] },
  },
  "counter-cut": { snapshot: { ...atTill, stations: [{ ...till, network: "cut" }, kiosk] } },
  "counter-idle": { snapshot: { ...withoutCode, rails: [], pages: [], demoPin: "", stations: [idle] } },
};

/** The names of the counter's screens. */
export const counterScreenNames: readonly string[] = Object.keys(screens);

/** The demo's counter in one of its states. */
export function CounterGallery(props: {
  screen: string;
  locale: Locale;
  words: Readonly<Record<WordKey, string>> | undefined;
}) {
  const { snapshot, station } = screens[props.screen] ?? { snapshot: atTill };
  const state: SessionState<CounterSnapshot> = { phase: "ready", snapshot, fault: null };
  const session: Session<CounterContract> = {
    state: () => state,
    subscribe: () => () => {},
    call: () => Promise.reject(new TillError("session.busy")),
    close: () => {},
  };
  return <CounterApp session={session} locale={props.locale} words={props.words} station={station} />;
}
