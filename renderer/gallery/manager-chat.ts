import type { ChatMessage, ShopThread } from "../../sync/protocol/chat.ts";
import { time, managerNow } from "./manager-answers.ts";

function id(number: number): string {
  return `01930000-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

/** The thread with the operator and two with shoppers. */
export const threads: ShopThread[] = [
  {
    threadId: id(302),
    with: "shopper",
    shopperNumber: "48213",
    last: {
      at: time(managerNow - 240_000),
      from: "shopper",
      kind: "text",
      text: "One of the eggs was broken when I got home. Can I bring it back tomorrow?",
    },
    unread: 2,
  },
  {
    threadId: id(301),
    with: "operator",
    last: {
      at: time(managerNow - 3_600_000),
      from: "shop",
      kind: "text",
      text: "Thanks, the prices are right now.",
    },
    unread: 0,
  },
  {
    threadId: id(303),
    with: "shopper",
    shopperNumber: "10956",
    last: { at: time(managerNow - 26 * 3_600_000), from: "shop", kind: "receipt", text: "2-20431" },
    unread: 0,
  },
];

/** What was said with the shopper. */
export const shopperMessages: ChatMessage[] = [
  {
    kind: "receipt",
    messageId: id(401),
    cursor: 1,
    at: time(managerNow - 5_400_000),
    from: "shop",
    receipt: {
      kind: "sale",
      saleId: id(8),
      receiptCode: "2-20812",
      store: { en: "Lantern Lane Grocery", "zh-CN": "灯笼巷杂货店" },
      time: time(managerNow - 5_400_000),
      zone: "Asia/Shanghai",
      currency: "CNY",
      lines: [
        {
          name: { en: "Eggs, box of 10", "zh-CN": "鸡蛋 10 枚" },
          quantity: 1,
          unitPriceMinor: 1480,
          grossMinor: 1480,
          discounts: [],
        },
        {
          name: { en: "Pak choi", "zh-CN": "上海青" },
          weightGrams: 612,
          unitPriceMinor: 680,
          grossMinor: 416,
          discounts: [],
        },
      ],
      taxes: [],
      totalMinor: 1896,
      tenders: [{ kind: "wallet", amountMinor: 1896, number: "40217758" }],
      returnCode: "PC1:",
    },
  },
  {
    kind: "text",
    messageId: id(402),
    cursor: 2,
    at: time(managerNow - 1_500_000),
    from: "shopper",
    text: "Hello, do you have oat milk again?",
  },
  {
    kind: "text",
    messageId: id(403),
    cursor: 3,
    at: time(managerNow - 1_200_000),
    from: "shop",
    text: "Yes, since this morning, next to the yogurt.",
  },
  {
    kind: "text",
    messageId: id(404),
    cursor: 4,
    at: time(managerNow - 240_000),
    from: "shopper",
    text: "One of the eggs was broken when I got home. Can I bring it back tomorrow?",
    about: "2-20812",
  },
];

/** What was said with the operator. */
export const operatorMessages: ChatMessage[] = [
  {
    kind: "text",
    messageId: id(411),
    cursor: 1,
    at: time(managerNow - 27 * 3_600_000),
    from: "operator",
    text: "The new prices for produce go out tonight.",
  },
  {
    kind: "text",
    messageId: id(412),
    cursor: 2,
    at: time(managerNow - 3_600_000),
    from: "shop",
    text: "Thanks, the prices are right now.",
  },
];
