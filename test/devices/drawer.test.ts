import { afterEach, expect, test } from "vitest";
import { chinese, closeShops, epson, openShop } from "./printer-shop.ts";

afterEach(closeShops);

test("the drawer opens once, is seen to be open, and is seen to be shut again", async () => {
  const { simulator, printer, pass, until } = await openShop();
  expect(printer.state.drawer).toBe("closed");
  expect(await pass(printer.openDrawer(2))).toMatchObject({ state: "printed", bytesLeft: true });
  expect(simulator.pulses).toBe(1);
  await until(() => printer.state.drawer === "open", "the till sees the open drawer");
  simulator.shutDrawer();
  await until(() => printer.state.drawer === "closed", "the till sees the shut drawer");
});

test("without paper the drawer opens where the printer can do it, and is never left to open later where it cannot", async () => {
  const able = await openShop(epson);
  able.simulator.setPaper("end");
  await able.until(() => able.printer.state.device.kind === "degraded", "the fault is shown");
  expect(await able.pass(able.printer.openDrawer(2))).toMatchObject({ state: "probably", bytesLeft: true });
  expect(able.simulator.pulses).toBe(1);

  const unasked = await openShop(epson, { lacks: ["automatic-status"] });
  unasked.simulator.setCover("open");
  expect(await unasked.pass(unasked.printer.openDrawer(5))).toMatchObject({ state: "probably", bytesLeft: true });
  expect(unasked.simulator.pulses).toBe(1);

  const unable = await openShop(chinese);
  unable.simulator.setPaper("end");
  await unable.until(() => unable.printer.state.device.kind === "degraded", "the fault is shown");
  expect(await unable.pass(unable.printer.openDrawer(2))).toMatchObject({
    state: "failed",
    bytesLeft: false,
    reason: { code: "drawer.not-connected", params: { printer: "printer.out-of-paper" } },
  });
  unable.simulator.setPaper("ok");
  await unable.until(() => unable.printer.state.device.kind === "ready", "the printer is ready again");
  expect(unable.simulator.pulses).toBe(0);
});

test("a drawer on a printer that is not there is refused in words, and does not open when the printer comes back", async () => {
  const { simulator, printer, pass, until } = await openShop();
  await simulator.powerOff();
  await until(() => printer.state.device.kind === "degraded", "the loss is shown");
  const reason = { code: "drawer.not-connected", params: { printer: "printer.unreachable" } };
  expect(await pass(printer.openDrawer(2))).toMatchObject({ state: "failed", bytesLeft: false, reason });
  await simulator.powerOn();
  await until(() => printer.state.device.kind === "ready", "the printer is connected again");
  expect(simulator.pulses).toBe(0);
});
