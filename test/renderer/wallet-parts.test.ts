import { expect, test } from "vitest";
import type { ChatMessage } from "../../sync/protocol/chat.ts";
import type { WalletMove } from "../../sync/protocol/wallet-api.ts";
import { generateSigningKey } from "../../sync/protocol/web-crypto.ts";
import {
  lastCursor,
  mergeMessages,
  mostMessages,
  stillOutgoing,
  type Outgoing,
} from "../../renderer/shared/chat/messages.ts";
import { pathWith } from "../../renderer/shared/platform-http.ts";
import { dayInWords, dayOf, daysAgo } from "../../renderer/wallet/day.ts";
import { arrivedMoves, withNewest, withOlder } from "../../renderer/wallet/moves.ts";
import { canMakeCode, needsCertificate, untilRenewal, type PayCode } from "../../renderer/wallet/pay-code.ts";
import type { PhoneRecord } from "../../renderer/wallet/phone-keys.ts";
import { addressOfView, viewOfAddress } from "../../renderer/wallet/routing.ts";
import type { View } from "../../renderer/wallet/phone-state.ts";

const noon = Date.UTC(2026, 10, 20, 12);
const dayMs = 24 * 3_600_000;

function code(shownAt: number): PayCode {
  return { text: "", shownAt, renewAt: shownAt + 50_000, expiresAt: shownAt + 60_000 };
}

test("a code leaves the screen ten seconds before no till takes it, and no code waits for nothing", () => {
  expect(untilRenewal(null, noon)).toBe(0);
  expect(untilRenewal(code(noon), noon)).toBe(50_000);
  expect(untilRenewal(code(noon), noon + 49_999)).toBe(1);
  expect(untilRenewal(code(noon), noon + 50_000)).toBe(0);
  expect(untilRenewal(code(noon), noon + 3_600_000)).toBe(0);
});

test("a phone whose clock was set back does not show one code for ever", () => {
  expect(untilRenewal(code(noon), noon - dayMs)).toBe(0);
});

test("a certificate is renewed days before its end and a code is never made under one that ends within it", async () => {
  const keys = await generateSigningKey("ES256", { extractable: false });
  const bare: PhoneRecord = { walletId: "00", keys, counter: 1 };
  expect([needsCertificate(bare, noon), canMakeCode(bare, noon)]).toEqual([true, false]);
  const record = { ...bare, certificate: new Uint8Array(1), certificateExpiresAt: noon + 7 * dayMs };
  expect([needsCertificate(record, noon), canMakeCode(record, noon)]).toEqual([false, true]);
  const late = noon + 5 * dayMs;
  expect([needsCertificate(record, late), canMakeCode(record, late)]).toEqual([true, true]);
  expect(canMakeCode(record, noon + 7 * dayMs - 60_000)).toBe(false);
});

function message(cursor: number, text = "words"): ChatMessage {
  return { kind: "text", messageId: `m-${cursor}`, cursor, at: "2026-11-20T12:00:00.000Z", from: "shop", text };
}

test("messages that come twice or out of turn stand once and in order, so that nobody answers the same question twice", () => {
  const merged = mergeMessages([message(1), message(3)], [message(3, "again"), message(2), message(4)]);
  expect(merged.map(({ cursor }) => cursor)).toEqual([1, 2, 3, 4]);
  expect(merged[2]).toMatchObject({ text: "again" });
  expect(lastCursor(merged)).toBe(4);
  expect(lastCursor([])).toBe(0);
  const known = [message(1)];
  expect(mergeMessages(known, [])).toBe(known);
});

test("a chat of years does not fill the phone: the oldest messages leave it first", () => {
  const many = Array.from({ length: mostMessages + 10 }, (_, index) => message(index + 1));
  const merged = mergeMessages(many.slice(0, mostMessages), many.slice(mostMessages));
  expect([merged.length, merged[0]?.cursor, lastCursor(merged)]).toEqual([mostMessages, 11, mostMessages + 10]);
});

test("a message leaves what is on its way once the platform has it, by its id and not by its words", () => {
  const own = (messageId: string): Outgoing => ({ messageId, text: "words", writtenAt: noon, state: "sending" });
  const outgoing = [own("m-1"), own("m-9")];
  expect(stillOutgoing(outgoing, [message(1)])).toEqual([own("m-9")]);
  expect(stillOutgoing(outgoing, [message(5)])).toBe(outgoing);
});

function move(id: string, kind: WalletMove["kind"] = "charge"): WalletMove {
  return { id, kind, at: "2026-11-20T12:00:00.000Z", amountMinor: -100, balanceAfterMinor: 0, currency: "CNY" };
}

test("a payment is announced when it arrives, and not again, and none of the past is when the phone is switched on", () => {
  expect(arrivedMoves(null, [move("2"), move("1")])).toEqual([]);
  expect(arrivedMoves([move("1")], [move("2"), move("1")])).toEqual([move("2")]);
  expect(arrivedMoves([move("2"), move("1")], [move("2"), move("1")])).toEqual([]);
  expect(arrivedMoves([move("1")], [move("2", "top-up"), move("1")])).toEqual([]);
});

test("pages of the history join without a gap: where some are missing between, the list begins anew", () => {
  const known = [move("3"), move("2"), move("1")];
  expect(withNewest(known, [move("4"), move("3")]).map(({ id }) => id)).toEqual(["4", "3", "2", "1"]);
  expect(withNewest(known, [move("9"), move("8")]).map(({ id }) => id)).toEqual(["9", "8"]);
  expect(withNewest(null, [move("1")]).map(({ id }) => id)).toEqual(["1"]);
  expect(withOlder(known, [move("1"), move("0")]).map(({ id }) => id)).toEqual(["3", "2", "1", "0"]);
});

test("every screen has an address that leads back to it, and an address that nobody wrote leads to the code", () => {
  const views: View[] = [
    { screen: "pay" },
    { screen: "code" },
    { screen: "chats" },
    { screen: "history" },
    { screen: "settings" },
    { screen: "chat", threadId: "t" },
    { screen: "chat", threadId: "t", about: "2-20 701?&" },
    { screen: "return", threadId: "t", messageId: "m" },
  ];
  for (const view of views) expect(viewOfAddress(addressOfView(view))).toEqual(view);
  for (const odd of ["", "#", "#/chat", "#/chat/", "#/return/t", "#/elsewhere", "#token=x"]) {
    expect(viewOfAddress(odd)).toEqual({ screen: "pay" });
  }
});

test("a day is that of the place where the phone is, also at the turn of the year", () => {
  expect(dayOf("2026-12-31T16:30:00.000Z", "Asia/Shanghai")).toBe("2027-01-01");
  expect(daysAgo("2026-12-31", "2027-01-01")).toBe(1);
  expect(dayInWords("2026-11-18", "2026-11-20", "en")).toBe("18 November");
  expect(dayInWords("2025-11-18", "2026-11-20", "en")).toBe("18 November 2025");
  expect(dayInWords("2026-11-18", "2026-11-20", "zh-CN")).toBe("11月18日");
});

test("what stands in a path cannot lead to another one", () => {
  expect(pathWith("/v1/{a}/x", { a: "../../b?c" })).toBe("/v1/..%2F..%2Fb%3Fc/x");
  expect(pathWith("/v1/x", {}, { before: undefined, after: 7 })).toBe("/v1/x?after=7");
});
