import { Buffer } from "node:buffer";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { encodeReceipt } from "../../devices/printer/escpos-encode.ts";
import { PrinterSimulator } from "../../devices/simulators/printer-simulator.ts";
import { FakeClock, passTimeUntil } from "./fake-clock.ts";
import { addPrinter, chinese, closeLater, closeShops, epson, openShop, receiptOf } from "./printer-shop.ts";

afterEach(closeShops);

/** How many times a text stands on the paper: more than once is a second copy. */
function copies(simulator: PrinterSimulator, text: string): number {
  const lines = simulator.receipts.flatMap((receipt) => receipt.lines);
  return lines.filter((line) => line.kind === "text" && line.text === text).length;
}

test("a receipt is printed once, with the printer's own word for it as proof", async () => {
  const { simulator, print } = await openShop();
  const result = await print("r1", "\u5c71\u6cc9\u6c34 \u00a512.00");
  expect(result).toMatchObject({ id: "r1", state: "printed", bytesLeft: true, evidence: { kind: "process-id" } });
  expect(result.evidence.detail).toMatch(/^process id \d{4}$/);
  expect(result).not.toHaveProperty("reason");
  expect(simulator.receipts).toHaveLength(1);
  expect(simulator.receipts[0]?.lines.map((line) => (line.kind === "text" ? line.text : line.kind))).toEqual([
    "\u5c71\u6cc9\u6c34 \uffe512.00",
    "-".repeat(48),
    `Total${" ".repeat(38)}12.00`,
    ...Array(4).fill("feed"),
    "cut",
  ]);
});

test("a printer without process ids is believed less, and one that only knows DLE EOT the same", async () => {
  const echo = await openShop(chinese, { lacks: ["process-id"] });
  expect(await echo.print("r1")).toMatchObject({ state: "probably", evidence: { kind: "in-order-status" } });
  const old = await openShop({ ...chinese, provesByProcessId: false });
  expect(await old.print("r1")).toMatchObject({ state: "probably", evidence: { kind: "in-order-status" } });
  const dumb = await openShop(chinese, { lacks: ["process-id", "in-order-status", "automatic-status"] });
  expect(await dumb.print("r1")).toMatchObject({ state: "probably", evidence: { kind: "clean-status" } });
  expect(copies(dumb.simulator, "receipt r1")).toBe(1);
});

test("a printer that falls silent still prints, the till says it does not know, and prints no second copy", async () => {
  const { simulator, print, printer, clock } = await openShop();
  simulator.setAnswering(false);
  const startMs = clock.now();
  const result = await print("r1");
  expect(result).toMatchObject({ state: "unknown", bytesLeft: true, reason: { code: "printer.no-answer" } });
  expect(clock.now() - startMs).toBeGreaterThanOrEqual(15_000);
  expect(copies(simulator, "receipt r1")).toBe(1);
  expect(printer.state.device.kind).toBe("ready");
  simulator.setAnswering(true);
  expect(await print("r2")).toMatchObject({ state: "printed" });
  expect(copies(simulator, "receipt r1")).toBe(1);
});

test("a printer that never says anything is used all the same, and the next receipt does not wait long for it", async () => {
  const { simulator, print, printer, clock } = await openShop(chinese, {}, (made) => made.setAnswering(false));
  expect(printer.state.device.kind).toBe("ready");
  const startMs = clock.now();
  expect(await print("r1")).toMatchObject({ state: "unknown", reason: { code: "printer.no-answer" } });
  expect(clock.now() - startMs).toBeLessThan(6_000);
  expect(copies(simulator, "receipt r1")).toBe(1);
});

test("a late answer to one job does not vouch for the next", async () => {
  // A printer made for this: its cover is open when the first job has come, and the answer it owes comes in the second.
  const received: number[] = [];
  let isCoverOpen = false;
  let owesAnswer = false;
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      received.push(...bytes);
      const isQuestion = bytes[0] === 0x10 && bytes[1] === 0x04;
      if (isQuestion) socket.write(Uint8Array.of(isCoverOpen && bytes[2] === 2 ? 0x16 : 0x12));
      else if (bytes.includes(0x52) && !owesAnswer) owesAnswer = isCoverOpen = true;
      else if (bytes.includes(0x52)) socket.write(Uint8Array.of(0x00));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closeLater(async () => {
    server.close();
    await once(server, "close");
  });
  const clock = new FakeClock();
  const printer = addPrinter(clock, (server.address() as AddressInfo).port, { ...chinese, provesByProcessId: false });
  const print = (id: string) => passTimeUntil(clock, printer.print({ id, bytes: Buffer.from("R\n") }));
  expect(await print("r1")).toMatchObject({ state: "unknown", reason: { code: "printer.cover-open" } });
  isCoverOpen = false;
  expect(await print("r2")).toMatchObject({ state: "probably", evidence: { kind: "clean-status" } });
  // After a clean status nothing is owed any more, and the next job's own answer counts again.
  expect(await print("r3")).toMatchObject({ state: "probably", evidence: { kind: "in-order-status" } });
  expect(received.filter((byte) => byte === 0x52)).toHaveLength(3);
});

test.each([
  ["printer.out-of-paper", (simulator: PrinterSimulator) => simulator.setPaper("end")],
  ["printer.cover-open", (simulator: PrinterSimulator) => simulator.setCover("open")],
])(
  "%s is shown at once, and a receipt fails before a byte leaves instead of coming out an hour later",
  async (code, break_) => {
    const { simulator, printer, print, until } = await openShop();
    break_(simulator);
    await until(() => printer.state.device.kind === "degraded", "the fault is shown");
    expect(printer.state.device).toMatchObject({ kind: "degraded", reason: { code } });
    expect(await print("r1")).toMatchObject({ state: "failed", bytesLeft: false, reason: { code } });
    simulator.setPaper("ok");
    simulator.setCover("closed");
    await until(() => printer.state.device.kind === "ready", "the printer is ready again");
    expect(simulator.receipts).toHaveLength(0);
    // The same id may be tried again, because nothing of it had left.
    expect(await print("r1")).toMatchObject({ state: "printed" });
    expect(copies(simulator, "receipt r1")).toBe(1);
  },
);

test("the end of the roll is announced while it still prints", async () => {
  const { simulator, printer, print, until } = await openShop();
  simulator.setPaper("near-end");
  await until(() => printer.state.device.kind === "degraded", "the warning is shown");
  expect(printer.state.device).toMatchObject({ reason: { code: "printer.near-end" } });
  expect(await print("r1")).toMatchObject({ state: "printed" });
});

test("paper that ends in the middle and is changed in time gives one whole receipt", async () => {
  const { simulator, printer, pass, until } = await openShop();
  simulator.endPaperAfterBytes(40);
  const work = printer.print({ id: "r1", bytes: encodeReceipt(receiptOf("receipt r1"), chinese) });
  await until(() => simulator.paper === "end", "the paper has ended");
  await until(() => printer.state.device.kind === "degraded", "the till shows it while the job is in flight");
  expect(printer.state.inFlight).toBe("r1");
  simulator.setPaper("ok");
  expect(await pass(work)).toMatchObject({ state: "printed" });
  expect(copies(simulator, "receipt r1")).toBe(1);
  expect(simulator.receipts).toHaveLength(1);
});

test("paper that ends in the middle and is not changed: where the printer drops the rest, the receipt has failed for sure", async () => {
  const { simulator, printer, print, until } = await openShop(epson);
  simulator.endPaperAfterBytes(60);
  expect(await print("r1")).toMatchObject({
    state: "failed",
    bytesLeft: true,
    reason: { code: "printer.out-of-paper" },
    evidence: { kind: "buffer-cleared" },
  });
  const linesBefore = simulator.receipts.flatMap((receipt) => receipt.lines).length;
  simulator.setPaper("ok");
  expect(simulator.receipts.flatMap((receipt) => receipt.lines)).toHaveLength(linesBefore);
  await until(() => printer.state.device.kind === "ready", "the printer is ready again");
  expect(await print("r2")).toMatchObject({ state: "printed" });
  expect(copies(simulator, "receipt r2")).toBe(1);
});

test("paper that ends in the middle and is not changed: where the printer keeps the rest, the till says it does not know", async () => {
  const { simulator, print } = await openShop(chinese);
  simulator.endPaperAfterBytes(40);
  expect(await print("r1")).toMatchObject({
    state: "unknown",
    bytesLeft: true,
    reason: { code: "printer.out-of-paper" },
  });
  simulator.setPaper("ok");
  expect(copies(simulator, "receipt r1")).toBe(1);
});

test("a connection that breaks in the middle leaves one part of one copy, and the printer is found again", async () => {
  const { simulator, printer, print, until } = await openShop();
  simulator.resetAfterBytes(60);
  const result = await print("r1");
  expect(result).toMatchObject({ state: "unknown", bytesLeft: true, reason: { code: "printer.unreachable" } });
  const received = simulator.receivedBytes;
  await until(() => printer.state.device.kind === "ready", "the printer is connected again");
  await until(() => simulator.receivedBytes > received, "the till has asked for status again");
  expect(simulator.receivedBytes - received).toBeLessThan(16);
  expect(await print("r1")).toEqual(result);
  expect(copies(simulator, "receipt r1")).toBeLessThanOrEqual(1);
  expect(await print("r2")).toMatchObject({ state: "printed" });
  expect(copies(simulator, "receipt r2")).toBe(1);
});

test("a printer without power fails the receipt at once, and works again when it is switched on", async () => {
  const { simulator, printer, print, until } = await openShop();
  await simulator.powerOff();
  await until(() => printer.state.device.kind === "degraded", "the loss is shown");
  expect(printer.state.device).toMatchObject({ reason: { code: "printer.unreachable" } });
  expect(await print("r1")).toMatchObject({
    state: "failed",
    bytesLeft: false,
    reason: { code: "printer.unreachable" },
  });
  await simulator.powerOn();
  await until(() => printer.state.device.kind === "ready", "the printer is connected again");
  expect(await print("r1")).toMatchObject({ state: "printed" });
  // Status is asked for again after a power cycle, or paper that ends now would not be shown.
  simulator.setPaper("end");
  await until(() => printer.state.device.kind === "degraded", "the status is heard again");
});

test("a printer that reads nothing costs the write's time-out, not the till", async () => {
  const { simulator, printer, pass } = await openShop();
  simulator.setReading(false);
  const bytes = new Uint8Array(24 * 1024 * 1024).fill(0x20);
  const result = await pass(printer.print({ id: "big", bytes }));
  expect(result).toMatchObject({ state: "unknown", bytesLeft: true, reason: { code: "device.write-timeout" } });
});

test("a printer that stops answering while idle is opened anew, so a dead line is not shown as ready for hours", async () => {
  const { simulator, printer, clock, until } = await openShop();
  simulator.setAnswering(false);
  await clock.advance(10_000);
  await until(() => printer.state.device.kind === "degraded", "the line was given up");
  expect(printer.state.device).toMatchObject({ reason: { code: "printer.unreachable" } });
});

test("a second till on the same printer is turned away with a reason and does not disturb the first", async () => {
  const { simulator, clock, print, until } = await openShop();
  const { port } = await simulator.powerOn();
  const second = addPrinter(clock, port, chinese);
  await until(() => second.state.device.kind === "degraded", "the second till is told");
  expect(second.state.device).toMatchObject({ reason: { code: "printer.unreachable" } });
  expect(await print("r1")).toMatchObject({ state: "printed" });
});

test("the same job handed over twice is printed once", async () => {
  const { simulator, printer, pass } = await openShop();
  const job = { id: "r1", bytes: encodeReceipt(receiptOf("receipt r1"), chinese) };
  const results = await pass(Promise.all([printer.print(job), printer.print(job)]));
  expect(results[0]).toEqual(results[1]);
  expect(await pass(printer.print(job))).toEqual(results[0]);
  expect(copies(simulator, "receipt r1")).toBe(1);
});

test("jobs come out in order, one in flight at a time, and the drawer goes before receipts that wait", async () => {
  const { simulator, printer, pass } = await openShop();
  const order: string[] = [];
  const most: number[] = [];
  printer.on("state", (state) => most.push(state.waiting));
  const jobs = ["a", "b", "c"].map((id) =>
    printer.print({ id, bytes: encodeReceipt(receiptOf(id), chinese) }).then((result) => order.push(result.id)),
  );
  const drawer = printer.openDrawer(2).then((result) => order.push(result.id));
  await pass(Promise.all([...jobs, drawer]));
  expect(order).toEqual(["a", "drawer pulse 1", "b", "c"]);
  expect(simulator.receipts.map((receipt) => receipt.lines[0])).toMatchObject([
    { text: "a" },
    { text: "b" },
    { text: "c" },
  ]);
  expect(Math.max(...most)).toBe(3);
});

test("the queue has an end, and what does not fit fails in words", async () => {
  const { printer, pass } = await openShop();
  const bytes = Uint8Array.of(0x0a);
  const results = await pass(
    Promise.all(Array.from({ length: 60 }, (_value, n) => printer.print({ id: `j${n}`, bytes }))),
  );
  expect(results.filter((result) => result.reason?.code === "printer.queue-full")).toHaveLength(9);
  expect(results.filter((result) => result.state === "printed")).toHaveLength(51);
});

test("stopping ends what waits as failed with nothing sent, and leaves no timer behind", async () => {
  const { clock, printer, pass } = await openShop();
  const jobs = ["a", "b"].map((id) => printer.print({ id, bytes: encodeReceipt(receiptOf(id), chinese) }));
  await pass(printer.stop());
  const [first, second] = await pass(Promise.all(jobs));
  expect(first?.state).not.toBe("printed");
  expect(second).toMatchObject({ state: "failed", bytesLeft: false, reason: { code: "printer.stopped" } });
  expect(clock.pendingTimers).toBe(0);
  expect(await printer.print({ id: "c", bytes: Buffer.from("c") })).toMatchObject({
    reason: { code: "printer.stopped" },
  });
});

test("a job that comes while the printer is being opened waits for it", async () => {
  const clock = new FakeClock();
  const simulator = new PrinterSimulator({ columns: 48 });
  const { port } = await simulator.powerOn();
  closeLater(() => simulator.powerOff());
  const printer = addPrinter(clock, port, chinese);
  const work = printer.print({ id: "r1", bytes: encodeReceipt(receiptOf("receipt r1"), chinese) });
  expect(await passTimeUntil(clock, work)).toMatchObject({ state: "printed" });
});
