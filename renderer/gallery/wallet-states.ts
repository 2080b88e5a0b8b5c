import type { ChatMessage, ChatReceipt } from "../../sync/protocol/chat.ts";
import type { WalletMove, WalletThread } from "../../sync/protocol/wallet-api.ts";
import { phoneAtStart, type PhoneState, type View } from "../wallet/phone-state.ts";
import { galleryNow } from "./snapshots.ts";

/** A state of the phone, and which of its screens shows it. */
export type WalletScreen = { state: PhoneState; view: View };

function id(number: number): string {
  return `01930000-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

const store = { en: "Lantern Lane Grocery", "zh-CN": "灯笼巷杂货店" };
const address = { en: "18 Lantern Lane", "zh-CN": "灯笼巷 18 号" };
const threadId = id(1);
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

function ago(ms: number): string {
  return new Date(galleryNow - ms).toISOString();
}

/** As long as a real one, and read by no till. */
const codeText = `PT1:${"NCFOXN%TS3DH3ZSUZK+.V0ETD%65NL-AH-R6IOOK.IR9B+9G".repeat(9)}`.slice(0, 424);
const returnCode = `PC1:${"6BFOXN%TS3DH3ZSUZK+.V0ETD%65NL-AH-R6IOOK.IR9B+9".slice(0, 48)}`;

const vat13 = { en: "VAT 13 %", "zh-CN": "增值税 13%" };
const vat9 = { en: "VAT 9 %", "zh-CN": "增值税 9%" };

const receipt: ChatReceipt = {
  kind: "sale",
  saleId: id(10),
  receiptCode: "2-20701",
  store,
  time: ago(2 * hourMs),
  zone: "Asia/Shanghai",
  currency: "CNY",
  lines: [
    line("Jasmine tea 500 ml", "茉莉花茶 500 毫升", { quantity: 2 }, 450, 900),
    line("Fuji apples", "红富士苹果", { weightGrams: 842 }, 1180, 994),
    {
      ...line("Fresh milk 250 ml", "鲜牛奶 250 毫升", { quantity: 3 }, 420, 1260),
      discounts: [{ of: "line", ratePartsPerMillion: 100_000, amountMinor: 126 }],
    },
    { ...line("Lager 330 ml can", "拉格啤酒 330 毫升罐", { quantity: 4 }, 650, 2600), depositMinor: 100 },
    line("Pork dumplings 500 g", "猪肉水饺 500 克", { quantity: 1 }, 2490, 2490),
    line("Sesame rice crackers", "芝麻米饼", { quantity: 1 }, 880, 880),
  ],
  taxes: [
    { name: vat13, ratePartsPerMillion: 130_000, included: true, grossMinor: 6870, taxMinor: 790 },
    { name: vat9, ratePartsPerMillion: 90_000, included: true, grossMinor: 2128, taxMinor: 176 },
  ],
  depositMinor: 100,
  discountMinor: 126,
  totalMinor: 9098,
  tenders: [{ kind: "wallet", amountMinor: 9098, number: "40217758" }],
  returnCode,
};

function line(
  en: string,
  zh: string,
  amount: { quantity: number } | { weightGrams: number },
  unitPriceMinor: number,
  grossMinor: number,
): ChatReceipt["lines"][number] {
  return { name: { en, "zh-CN": zh }, ...amount, unitPriceMinor, grossMinor, discounts: [] };
}

const mixed: ChatReceipt = {
  ...receipt,
  saleId: id(11),
  receiptCode: "2-20688",
  time: ago(26 * hourMs),
  lines: [
    {
      ...line("Steamed bun", "鲜肉包", { quantity: 4 }, 250, 1000),
      discounts: [
        { of: "line", amountMinor: 100 },
        { of: "sale", ratePartsPerMillion: 50_000, amountMinor: 45 },
      ],
    },
    {
      ...line("Soy milk", "现磨豆浆", { quantity: 2 }, 350, 700),
      discounts: [{ of: "sale", amountMinor: 35 }],
    },
  ],
  taxes: [{ name: vat9, ratePartsPerMillion: 90_000, included: false, grossMinor: 1657, taxMinor: 137 }],
  discountMinor: 180,
  totalMinor: 1657,
  tenders: [
    { kind: "wallet", amountMinor: 1000, number: "40217001" },
    { kind: "cash", amountMinor: 657 },
  ],
};

const refund: ChatReceipt = {
  ...mixed,
  kind: "refund",
  saleId: id(12),
  receiptCode: "2-20690",
  originalReceiptCode: "2-20688",
  time: ago(25 * hourMs),
  tenders: [{ kind: "cash", amountMinor: 1660 }],
};

const { discountMinor: _saved, depositMinor: _deposits, ...plainReceipt } = receipt;

/** A piece of a receipt that a wallet paid, back in the wallet. */
const walletRefund: ChatReceipt = {
  ...plainReceipt,
  kind: "refund",
  saleId: id(13),
  receiptCode: "2-20709",
  originalReceiptCode: receipt.receiptCode,
  time: ago(hourMs),
  lines: receipt.lines.slice(0, 1),
  taxes: receipt.taxes.slice(0, 1).map((tax) => ({ ...tax, grossMinor: 900, taxMinor: 104 })),
  totalMinor: receipt.lines[0]?.grossMinor ?? 0,
  tenders: [{ ...receipt.tenders[0], kind: "wallet", amountMinor: receipt.lines[0]?.grossMinor ?? 0 }],
};

/** Money alone, for something that was faulty. */
const moneyRefund: ChatReceipt = {
  ...walletRefund,
  saleId: id(14),
  receiptCode: "2-20711",
  time: ago(hourMs / 2),
  lines: [],
  taxes: walletRefund.taxes.map((tax) => ({ ...tax, grossMinor: 500, taxMinor: 58 })),
  totalMinor: 500,
  tenders: [{ ...receipt.tenders[0], kind: "wallet", amountMinor: 500 }],
};

function received(cursor: number, ms: number, of: ChatReceipt): ChatMessage {
  return { kind: "receipt", messageId: id(100 + cursor), cursor, at: ago(ms), from: "shop", receipt: of };
}

function text(cursor: number, ms: number, from: ChatMessage["from"], words: string, about?: string): ChatMessage {
  return {
    kind: "text",
    messageId: id(100 + cursor),
    cursor,
    at: ago(ms),
    from,
    text: words,
    ...(about === undefined ? {} : { about }),
  };
}

const messages: readonly ChatMessage[] = [
  received(1, 2 * hourMs, receipt),
  text(2, hourMs, "shopper", "Is the milk offer on tomorrow?", "2-20701"),
  text(3, 50 * minuteMs, "shop", "Yes, till Sunday. 周日前都有。"),
  text(4, 2 * minuteMs, "shopper", "Thank you"),
];

const threads: readonly WalletThread[] = [
  {
    threadId,
    store,
    address,
    answersUntil: "21:00",
    last: { at: ago(50 * minuteMs), from: "shop", kind: "text", text: "Yes, till Sunday. 周日前都有。" },
    unread: 1,
  },
  {
    threadId: id(2),
    store: { en: "Harbour Street Bakery", "zh-CN": "港湾街面包房" },
    address,
    last: { at: ago(28 * hourMs), from: "shop", kind: "receipt", text: "", totalMinor: 2350 },
    unread: 0,
  },
  {
    threadId: id(3),
    store: { en: "The Very Long Name of a Shop on the Corner", "zh-CN": "街角那家名字特别长的杂货铺子" },
    address,
    last: { at: ago(20 * 24 * hourMs), from: "shopper", kind: "text", text: "Do you have oat milk in larger cartons?" },
    unread: 0,
  },
];

function move(number: number, ms: number, amountMinor: number, balanceAfterMinor: number): WalletMove {
  return {
    id: `m-${number}`,
    kind: "charge",
    at: ago(ms),
    amountMinor,
    balanceAfterMinor,
    currency: "CNY",
    store,
    number: String(40_217_758 - number * 37),
    receiptCode: `2-${20_701 - number}`,
    threadId,
  };
}

const moves: readonly WalletMove[] = [
  move(0, 2 * hourMs, -9098, 41_230),
  { ...move(5, 20 * hourMs, 34, 50_328), kind: "refund" },
  { ...move(1, 26 * hourMs, 1250, 50_294), kind: "reversal" },
  move(2, 26.2 * hourMs, -1250, 49_044),
  move(3, 49 * hourMs, -123_456, 50_294),
  {
    id: "m-4",
    kind: "top-up",
    at: ago(400 * 24 * hourMs),
    amountMinor: 50_000,
    balanceAfterMinor: 50_000,
    currency: "CNY",
  },
];

const ready: PhoneState = {
  ...phoneAtStart,
  signal: { kind: "here" },
  owner: { shopperId: "wang-fang", name: { en: "Wang Fang", "zh-CN": "王芳" }, session: "gallery-session-1" },
  wallet: {
    walletId: "00112233445566aa",
    name: { en: "Wang Fang", "zh-CN": "王芳" },
    currency: "CNY",
    balanceMinor: 41_230,
    unread: 0,
  },
  codePlace: {
    kind: "shown",
    code: {
      text: codeText,
      shownAt: galleryNow - 12_000,
      renewAt: galleryNow + 38_000,
      expiresAt: galleryNow + 48_000,
    },
  },
  threads,
  rooms: { [threadId]: { messages, outgoing: [], readUpTo: 2, hasOlder: false } },
  moves,
  hasOlderMoves: true,
};

const away: PhoneState = { ...ready, signal: { kind: "away", since: galleryNow - 7 * minuteMs } };
const chat: View = { screen: "chat", threadId };
const onlyText = messages.slice(1);

const shoppers = [
  { id: "wang-fang", name: { en: "Wang Fang", "zh-CN": "王芳" }, balanceMinor: 41_230 },
  { id: "li-lei", name: { en: "Li Lei", "zh-CN": "李雷" }, balanceMinor: 1250 },
  { id: "he-min", name: { en: "He Min", "zh-CN": "何敏" }, balanceMinor: 1_234_567 },
];

const writing = [
  { messageId: id(201), text: "And the soy milk?", writtenAt: galleryNow, state: "sending" as const },
  {
    messageId: id(202),
    text: "The offer was 3 for ¥11.00.",
    about: "2-20701",
    writtenAt: galleryNow,
    state: "not-sent" as const,
  },
];

/** Every state of the phone. */
export const walletStates = {
  "wallet-choose": { state: { ...phoneAtStart, signal: { kind: "here" }, shoppers }, view: { screen: "pay" } },
  "wallet-reaching": { state: phoneAtStart, view: { screen: "pay" } },
  "wallet-unreachable": {
    state: { ...phoneAtStart, signal: { kind: "away", since: galleryNow }, fault: { kind: "away" } },
    view: { screen: "pay" },
  },
  "wallet-pay": { state: ready, view: { screen: "pay" } },
  "wallet-pay-unread": {
    state: {
      ...ready,
      wallet: { ...ready.wallet!, unread: 2 },
      moves: [move(9, 3 * minuteMs, -3605, 41_230), ...moves],
    },
    view: { screen: "pay" },
  },
  "wallet-pay-away": { state: away, view: { screen: "pay" } },
  "wallet-making": { state: { ...ready, codePlace: { kind: "making" } }, view: { screen: "pay" } },
  "wallet-no-certificate": {
    state: { ...away, codePlace: { kind: "impossible", why: "no-certificate" } },
    view: { screen: "pay" },
  },
  "wallet-no-store": {
    state: { ...ready, codePlace: { kind: "impossible", why: "no-store" } },
    view: { screen: "pay" },
  },
  "wallet-paid": { state: { ...ready, arrived: moves[0]! }, view: { screen: "pay" } },
  "wallet-text-paid": { state: { ...ready, arrived: moves[0]! }, view: { screen: "code" } },
  "wallet-given-back": { state: { ...ready, arrived: moves[1]! }, view: { screen: "pay" } },
  "wallet-code-text": { state: ready, view: { screen: "code" } },
  "wallet-chats": { state: ready, view: { screen: "chats" } },
  "wallet-chats-none": { state: { ...ready, threads: [] }, view: { screen: "chats" } },
  "wallet-chats-away": { state: away, view: { screen: "chats" } },
  "wallet-receipt": {
    state: {
      ...ready,
      rooms: { [threadId]: { messages: messages.slice(0, 2), outgoing: [], readUpTo: 0, hasOlder: false } },
    },
    view: chat,
  },
  "wallet-receipt-refunded": {
    state: {
      ...ready,
      rooms: {
        [threadId]: {
          messages: [received(1, 26 * hourMs, mixed), received(2, 25 * hourMs, refund)],
          outgoing: [],
          readUpTo: 0,
          hasOlder: true,
        },
      },
    },
    view: chat,
  },
  "wallet-receipt-part-refunded": {
    state: {
      ...ready,
      rooms: {
        [threadId]: {
          messages: [
            received(1, 2 * hourMs, receipt),
            received(2, hourMs, walletRefund),
            received(3, hourMs / 2, moneyRefund),
          ],
          outgoing: [],
          readUpTo: 0,
          hasOlder: true,
        },
      },
    },
    view: chat,
  },
  "wallet-chat": {
    state: { ...ready, rooms: { [threadId]: { messages: onlyText, outgoing: writing, readUpTo: 2, hasOlder: false } } },
    view: chat,
  },
  "wallet-chat-ask": {
    state: { ...away, rooms: { [threadId]: { messages: onlyText, outgoing: [], readUpTo: 4, hasOlder: false } } },
    view: { ...chat, about: "2-20701" },
  },
  "wallet-chat-empty": {
    state: { ...ready, rooms: { [threadId]: { messages: [], outgoing: [], readUpTo: 0, hasOlder: false } } },
    view: chat,
  },
  "wallet-chat-fetching": { state: { ...ready, rooms: {} }, view: chat },
  "wallet-return": { state: ready, view: { screen: "return", threadId, messageId: id(101) } },
  "wallet-return-gone": { state: ready, view: { screen: "return", threadId, messageId: id(999) } },
  "wallet-history": { state: ready, view: { screen: "history" } },
  "wallet-history-none": {
    state: { ...ready, moves: [], hasOlderMoves: false },
    view: { screen: "history" },
  },
  "wallet-settings": { state: ready, view: { screen: "settings" } },
  "wallet-fault": {
    state: { ...ready, fault: { kind: "refused", code: "request.invalid" } },
    view: { screen: "history" },
  },
} as const satisfies Record<string, WalletScreen>;
