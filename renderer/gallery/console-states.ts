import type { ChatMessage } from "../../sync/protocol/chat.ts";
import type {
  NeedsYouEntry,
  OperatorPayment,
  OperatorThread,
  OperatorTill,
  OverviewResponse,
  Reconciliations,
} from "../../sync/protocol/operator-api.ts";
import { deskAtStart, type ConsoleView, type DeskState } from "../console/desk-state.ts";
import { galleryNow } from "./snapshots.ts";

/** A state of the console, and which of its parts shows it. */
export type ConsoleScreen = { state: DeskState; view: ConsoleView };

function id(number: number): string {
  return `01930000-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

function ago(ms: number): string {
  return new Date(galleryNow - ms).toISOString();
}

const lantern = { en: "Lantern Lane Grocery", "zh-CN": "灯笼巷杂货店" };
const harbour = { en: "Harbour Street Bakery", "zh-CN": "港湾街面包房" };

function till(number: number, storeId: string, more: Partial<OperatorTill> = {}): OperatorTill {
  return {
    tillId: id(100 + number),
    tillNumber: number,
    storeId,
    ledger: id(200 + number),
    enrolledAt: ago(90 * 24 * hourMs),
    lastSeenAt: ago(9000),
    head: { seq: 61_208 - number * 977, hash: "ab".repeat(32) },
    headAt: ago(21_000),
    sales: 412 + number * 31,
    refunds: number,
    totalMinor: 3_120_480 - number * 41_230,
    walletMinor: 2_480_360,
    cashMinor: 640_120 - number * 41_230,
    needsYou: 0,
    held: 0,
    revoked: false,
    forked: false,
    ...more,
  };
}

const { lastSeenAt: _seen, headAt: _head, ...unheard } = till(4, "harbour");

const tills: readonly OperatorTill[] = [
  till(1, "lantern"),
  till(2, "lantern", { needsYou: 2 }),
  till(3, "harbour", { lastSeenAt: ago(3 * hourMs) }),
  till(3, "harbour", {
    ledger: id(213),
    lastSeenAt: ago(3 * hourMs),
    head: { seq: 214, hash: "cd".repeat(32) },
    sales: 37,
    refunds: 0,
    totalMinor: 214_380,
    walletMinor: 180_300,
    cashMinor: 34_080,
    needsYou: 1,
    follows: {
      ledger: id(203),
      seq: 58_321,
      reason: "entries-missing",
      at: ago(26 * hourMs),
      missing: { fromSeq: 58_278, toSeq: 58_321 },
      receiptNumber: 19_022,
      approvedBy: { person: "p-01", name: { en: "Lin Mei", "zh-CN": "林梅" } },
      openedAt: ago(27 * hourMs),
      isSecond: true,
    },
  }),
  {
    ...unheard,
    head: { seq: 0, hash: "00".repeat(32) },
    sales: 0,
    refunds: 0,
    totalMinor: 0,
    walletMinor: 0,
    cashMinor: 0,
  },
  till(5, "harbour", { revoked: true, held: 17, lastSeenAt: ago(26 * hourMs) }),
];

const terms = { ratePartsPerMillion: 6000, fixedMinor: 0, since: ago(90 * 24 * hourMs) };

const overview: OverviewResponse = {
  time: ago(0),
  epoch: 1,
  stores: [
    {
      storeId: "lantern",
      name: lantern,
      address: { en: "18 Lantern Lane", "zh-CN": "灯笼巷 18 号" },
      tills: 2,
      shopperChat: { threads: 38, messages: 512, unread: 3 },
      terms,
    },
    {
      storeId: "harbour",
      name: harbour,
      address: { en: "2 Harbour Street", "zh-CN": "港湾街 2 号" },
      tills: 3,
      shopperChat: { threads: 1, messages: 1, unread: 0 },
      terms: { ...terms, fixedMinor: 10 },
    },
  ],
  tills: [...tills],
  accounts: {
    merchants: [
      { storeId: "lantern", currency: "CNY", balanceMinor: 4_931_080 },
      { storeId: "harbour", currency: "CNY", balanceMinor: 2_450_125 },
    ],
    commission: [{ currency: "CNY", balanceMinor: 44_560 }],
    wallets: [{ currency: "CNY", balanceMinor: 812_345, count: 6 }],
  },
};

const declines = ["wallet.insufficient", "token.used", "token.expired"] as const;
const paymentRails = ["wallet", "wechat-pay", "alipay"] as const;
const openStates: Readonly<Record<number, OperatorPayment["state"]>> = { 1: "waiting", 3: "unknown", 5: "reversing" };

function payment(number: number): OperatorPayment {
  const code = number % 5 === 2 ? declines[number % 3] : undefined;
  const settled = number % 7 === 3 ? "reversed" : "paid";
  const state = code === undefined ? (openStates[number] ?? settled) : "declined";
  const amountMinor = 1250 + ((number * 7919) % 12_000);
  return {
    position: 1000 - number,
    paymentId: id(300 + number),
    rail: openStates[number] === undefined ? (paymentRails[number % 3] ?? "wallet") : "wechat-pay",
    number: String(40_217_758 - number * 3571),
    storeId: number % 3 === 0 ? "harbour" : "lantern",
    tillNumber: (number % 3) + 1,
    amountMinor,
    currency: "CNY",
    state,
    ...(code === undefined ? { commissionMinor: Math.floor(amountMinor * 0.006) } : { code }),
    at: ago(number * 7 * minuteMs),
    ...(state === "paid" && number > 0 ? { receiptCode: `${(number % 3) + 1}-${20_701 - number}` } : {}),
  };
}

const billDay = { at: ago(hourMs), state: "done", payments: 0, paymentsMinor: 0, differences: 0 } as const;

const billDifference = {
  rail: "wechat-pay",
  day: "2026-11-20",
  orderNumber: "01930000000070008000000000000301",
  payment: { number: "40217758", storeId: "lantern", tillNumber: 2, state: "declined" },
} as const;

const needs: readonly NeedsYouEntry[] = [
  {
    storeId: "lantern",
    tillId: id(102),
    tillNumber: 2,
    ledger: id(202),
    seq: 59_240,
    code: "tax-class.unknown",
    at: ago(2 * hourMs),
    sale: { kind: "sale", receiptCode: "2-20765", time: ago(2 * hourMs), totalMinor: 5680, currency: "CNY" },
  },
  {
    storeId: "lantern",
    tillId: id(102),
    tillNumber: 2,
    ledger: id(202),
    seq: 59_112,
    code: "refund.sale-unknown",
    at: ago(30 * hourMs),
    sale: { kind: "refund", receiptCode: "2-20688", time: ago(30 * hourMs), totalMinor: 1660, currency: "CNY" },
  },
  {
    storeId: "harbour",
    tillId: id(103),
    tillNumber: 3,
    ledger: id(203),
    seq: 58_001,
    code: "of-a-newer-platform",
    at: ago(31 * hourMs),
  },
];

const threads: readonly OperatorThread[] = [
  {
    threadId: id(1),
    storeId: "lantern",
    store: lantern,
    last: { at: ago(12 * minuteMs), from: "shop", text: "Tax class F6 was new this morning. 早上新加的税类。" },
    unread: 1,
  },
  { threadId: id(2), storeId: "harbour", store: harbour, unread: 0 },
];

const chatMessages: readonly ChatMessage[] = [
  {
    kind: "text",
    messageId: id(401),
    cursor: 1,
    at: ago(40 * minuteMs),
    from: "operator",
    text: "Which tax class did the lotus root have?",
    about: "2-20765",
  },
  {
    kind: "text",
    messageId: id(402),
    cursor: 2,
    at: ago(12 * minuteMs),
    from: "shop",
    text: "Tax class F6 was new this morning. 早上新加的税类。",
  },
];

const bills: Reconciliations = {
  days: [
    { ...billDay, rail: "alipay", day: "2026-11-20", state: "waiting", reason: "not-ready" },
    { ...billDay, rail: "wechat-pay", day: "2026-11-20", payments: 214, paymentsMinor: 1_204_512, differences: 3 },
    { ...billDay, rail: "alipay", day: "2026-11-19", payments: 182, paymentsMinor: 991_204, differences: 1 },
    { ...billDay, rail: "wechat-pay", day: "2026-11-19", payments: 201, paymentsMinor: 1_100_045 },
    { ...billDay, rail: "wechat-pay", day: "2026-11-18", state: "waiting", reason: "bad-signature" },
  ],
  count: 4,
  differences: [
    { ...billDifference, kind: "state-differs", what: "payment", oursMinor: 4580, theirsMinor: 4580 },
    { ...billDifference, kind: "amount-differs", what: "payment", oursMinor: 1250, theirsMinor: 1200 },
    {
      rail: "wechat-pay",
      day: "2026-11-20",
      orderNumber: "0193".repeat(8),
      kind: "missing-here",
      what: "refund",
      theirsMinor: 900,
    },
    {
      ...billDifference,
      rail: "alipay",
      day: "2026-11-19",
      kind: "missing-at-rail",
      what: "payment",
      oursMinor: 3300,
    },
  ],
};

const ready: DeskState = {
  ...deskAtStart,
  isOpen: true,
  signal: { kind: "here" },
  overview,
  payments: Array.from({ length: 24 }, (_, index) => payment(index)),
  hasOlderPayments: true,
  needs: { count: 3, entries: needs },
  bills,
  threads,
  rooms: { [id(1)]: { messages: chatMessages, outgoing: [], readUpTo: 1, hasOlder: false } },
};

const code = { code: `SE1.7K2MQX4DWFHT3B5NZJ6WC7RV.${"0f9a62c1".repeat(8)}`, expiresAt: ago(-24 * hourMs) };

const empty: OverviewResponse = {
  ...overview,
  stores: [],
  tills: [],
  accounts: { merchants: [], commission: [], wallets: [] },
};

const outgoing = [
  { messageId: id(501), text: "It is in the catalogue now.", writtenAt: galleryNow, state: "sending" as const },
  { messageId: id(502), text: "Send the sale once more.", writtenAt: galleryNow, state: "not-sent" as const },
];

/** Every state of the console. */
export const consoleStates = {
  "console-gate": { state: deskAtStart, view: { section: "overview" } },
  "console-gate-refused": {
    state: { ...deskAtStart, gate: { isTrying: false, refusal: "refused" } },
    view: { section: "overview" },
  },
  "console-reaching": { state: { ...deskAtStart, isOpen: true }, view: { section: "overview" } },
  "console-unreachable": {
    state: { ...deskAtStart, isOpen: true, signal: { kind: "away", since: galleryNow } },
    view: { section: "overview" },
  },
  "console-overview": { state: ready, view: { section: "overview" } },
  "console-overview-well": {
    state: {
      ...ready,
      overview: { ...overview, tills: tills.slice(0, 1), stores: overview.stores.slice(0, 1) },
      needs: { count: 0, entries: [] },
    },
    view: { section: "overview" },
  },
  "console-overview-empty": {
    state: { ...ready, overview: empty, needs: { count: 0, entries: [] }, threads: [] },
    view: { section: "overview" },
  },
  "console-away": {
    state: { ...ready, signal: { kind: "away", since: galleryNow - 5 * minuteMs } },
    view: { section: "overview" },
  },
  "console-tills": { state: ready, view: { section: "tills" } },
  "console-tills-code": { state: { ...ready, code }, view: { section: "tills" } },
  "console-tills-new-disk": { state: { ...ready, code: { ...code, replaces: 3 } }, view: { section: "tills" } },
  "console-tills-empty": { state: { ...ready, overview: empty }, view: { section: "tills" } },
  "console-payments": { state: ready, view: { section: "payments" } },
  "console-payments-empty": { state: { ...ready, payments: [] }, view: { section: "payments" } },
  "console-bills": { state: ready, view: { section: "bills" } },
  "console-bills-agree": {
    state: { ...ready, bills: { days: bills.days.slice(3, 4), count: 0, differences: [] } },
    view: { section: "bills" },
  },
  "console-bills-none": {
    state: { ...ready, bills: { days: [], count: 0, differences: [] } },
    view: { section: "bills" },
  },
  "console-needs": { state: ready, view: { section: "needs" } },
  "console-needs-none": { state: { ...ready, needs: { count: 0, entries: [] } }, view: { section: "needs" } },
  "console-chat": { state: ready, view: { section: "chat", threadId: id(1) } },
  "console-chat-writing": {
    state: { ...ready, rooms: { [id(1)]: { messages: chatMessages, outgoing, readUpTo: 1, hasOlder: false } } },
    view: { section: "chat", threadId: id(1), about: "2-20765" },
  },
  "console-chat-none-open": { state: ready, view: { section: "chat" } },
  "console-chat-fetching": { state: ready, view: { section: "chat", threadId: id(2) } },
  "console-fault": {
    state: { ...ready, fault: { kind: "refused", code: "request.invalid" } },
    view: { section: "tills" },
  },
} as const satisfies Record<string, ConsoleScreen>;
