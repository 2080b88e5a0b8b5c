import type { WebSocket } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openShop, type OpenShop } from "./support/open-shop.ts";
import type { StationHands } from "./support/station-hands.ts";
import { KioskPage, openPage } from "./support/shop-pages.ts";

/**
 * A shopper alone before a real kiosk: its page in a real browser, its own till, scanner and printer. Each test goes on
 * where the one before it left the kiosk.
 */
let open: OpenShop;
let hands: StationHands;
let kiosk: KioskPage;
/** The line between page and till that is open now. */
let line: WebSocket;

beforeAll(async () => {
  open = await openShop({ kiosk: true });
  hands = open.hands("kiosk");
  const page = await openPage(open, "kiosk");
  page.on("websocket", (opened) => {
    line = opened;
  });
  await page.clock.install();
  await page.reload();
  kiosk = new KioskPage(page);
  await kiosk.isAtStart();
}, 120_000);

afterAll(async () => open?.close());

/**
 * Lets time pass on the kiosk's own clock without a touch. In between the till is heard, as it is in a shop: a page whose
 * clock runs ahead of every message would believe that its line is cut. A door of the printer is what the till tells of.
 */
async function letPass(seconds: number): Promise<void> {
  const stepSeconds = 8;
  for (let passed = 0; passed < seconds; passed += stepSeconds) {
    const isEven = (passed / stepSeconds) % 2 === 0;
    const heard = line.waitForEvent("framereceived");
    await open.counter.call("printer.set", { station: "kiosk", paper: isEven ? "near-end" : "ok" });
    await heard;
    await kiosk.page.clock.fastForward(Math.min(stepSeconds, seconds - passed) * 1000);
  }
}

test("a shopper starts, scans, pays with the phone and leaves, and no paper comes out that nobody asked for", async () => {
  await open.screenshot(kiosk.page, "kiosk-start");
  await kiosk.start("en");
  await hands.scan("Coffee");
  await kiosk.says("Added");
  await kiosk.key(/^One more of Coffee/).click();
  await kiosk.key(/^Pay ¥24\.00/).click();
  await kiosk.says("Show your wallet code");
  await open.screenshot(kiosk.page, "kiosk-pay");
  await hands.showWallet(100_00);
  await kiosk.says("Paid");
  await kiosk.says("Your receipt is in your chat");
  await open.screenshot(kiosk.page, "kiosk-paid");
  expect(hands.papers()).toBe(0);
  await kiosk.key(/^Done/).click();
  await kiosk.isAtStart();
});

test("the next shopper sees nothing of the last one, in the page or behind it", async () => {
  expect(await kiosk.words()).not.toMatch(/Coffee|24\.00|\d{4} \d{4}/);
  await kiosk.page.reload();
  await kiosk.isAtStart();
  expect(await kiosk.words()).not.toMatch(/Coffee|24\.00/);
});

test("a scan alone begins, in Chinese after that key, and the receipt comes on paper when it is asked for", async () => {
  await kiosk.start("zh-CN");
  await hands.scan("Jasmine tea 500 ml");
  await kiosk.says("茉莉花茶");
  await kiosk.key(/¥4\.50/).click();
  await hands.showWallet(100_00);
  await kiosk.says("已付款");
  await kiosk.key(/打印/).click();
  await open.counter.until("the paper", () => hands.papers() === 1);
  await kiosk.key(/完成/).click();
  await kiosk.isAtStart();
});

test("goods that ask for an age hold up nothing until the payment, and a person's PIN lets them pass", async () => {
  await hands.scan("Lager 330 ml can");
  await kiosk.says("A person checks your age before you pay");
  await hands.scan("Coffee");
  await kiosk.key(/^Pay/).click();
  await kiosk.says("A person checks your age");
  await open.screenshot(kiosk.page, "kiosk-check");
  // A wallet code at this point is told kindly and charges nothing.
  await hands.showWallet(100_00);
  await kiosk.says("A person checks your age first");
  await kiosk.key(/^OK/).click();
  await kiosk.key(/^I work here/).click();
  await kiosk.page.keyboard.type("1111", { delay: 120 });
  await kiosk.key(/^Old enough/).click();
  await kiosk.says("That PIN belongs to nobody of this shop");
  await kiosk.key(/^OK/).click();
  await kiosk.page.keyboard.type(open.counter.snapshot().demoPin, { delay: 120 });
  await kiosk.key(/^Old enough/).click();
  await kiosk.says("Show your wallet code");
  await hands.showWallet(100_00);
  await kiosk.says("Paid");
  await kiosk.key(/^Done/).click();
  await kiosk.isAtStart();
});

test("a shopper who stands still is asked after a minute, can go on for ever, and is forgotten only without an answer", async () => {
  await kiosk.start("en");
  await hands.scan("Coffee");
  await kiosk.says("Added");
  for (let time = 0; time < 3; time += 1) {
    await letPass(61);
    await kiosk.says("Do you need more time?");
    if (time === 0) await open.screenshot(kiosk.page, "kiosk-time");
    // Touched where the key lies: the question goes at the touch itself, wherever it lands.
    const key = await kiosk.key(/^I need more time/).boundingBox();
    await kiosk.page.mouse.click((key?.x ?? 0) + 40, (key?.y ?? 0) + 40);
    await expect.poll(() => kiosk.isSilentAbout("Do you need more time?")).toBe(true);
    await kiosk.says("¥12.00");
  }
  await letPass(61);
  await kiosk.says("Do you need more time?");
  await letPass(31);
  await kiosk.isAtStart();
  expect(await kiosk.isSilentAbout("Coffee")).toBe(true);
});

test("at the pay step nothing times out within two minutes", async () => {
  await kiosk.start("en");
  await hands.scan("Coffee");
  await kiosk.key(/^Pay ¥12\.00/).click();
  await kiosk.says("Show your wallet code");
  await letPass(120);
  await kiosk.says("Show your wallet code");
  expect(await kiosk.isSilentAbout("Do you need more time?")).toBe(true);
  // The page's clock is minutes ahead of the till's now, and would take the payment for one of a shopper long gone.
  await kiosk.page.clock.setSystemTime(new Date());
  await hands.showWallet(100_00);
  await kiosk.says("Paid");
  // Left alone, it goes back to the start by itself.
  await letPass(25);
  await kiosk.isAtStart();
});

test("an unknown code, a used wallet code and a cut cable are told in words, and every one of them has a way on", async () => {
  await kiosk.start("en");
  await open.counter.call("scanner.scan-text", { station: "kiosk", text: "NO-SUCH-CODE" });
  await kiosk.says("This code is not known here");
  await kiosk.key(/^OK/).click();
  await hands.scan("Coffee");
  await kiosk.key(/^Pay ¥12\.00/).click();
  await open.counter.call("shopper.scan-code", { station: "kiosk" });
  await kiosk.says("This wallet code is too old or used");
  await open.screenshot(kiosk.page, "kiosk-used-code");
  await kiosk.key(/^OK/).click();
  await open.counter.call("network.set", { station: "kiosk", network: "cut" });
  await hands.showWallet(100_00);
  await kiosk.says("The wallet needs the network");
  await open.screenshot(kiosk.page, "kiosk-offline");
  await open.counter.call("network.set", { station: "kiosk", network: "up" });
});

test("a kiosk whose process is killed comes back with the shopper's items", async () => {
  const running = await open.shop.kiosk;
  await running?.crash();
  await kiosk.says("¥12.00");
});

test("no page has complained: no error, no violation of the content policy", () => {
  expect(open.complaints).toEqual([]);
});
