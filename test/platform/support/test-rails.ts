import { randomUUID } from "node:crypto";
import { startRailEmulators, type RailEmulators } from "../../../platform/demo/rails/emulators.ts";
import type { RailEmulator } from "../../../platform/demo/rails/emulator.ts";
import type { RailsConfiguration } from "../../../platform/rails/configuration.ts";
import { orderNumberOf } from "../../../platform/rails/order-number.ts";
import type { RailName, RailOrder } from "../../../platform/rails/rail.ts";
import { railTimings, type RailTimings } from "../../../platform/rails/timings.ts";

/** Both rails in small for one test file, with calls that time out soon. */
export type TestRails = RailEmulators & {
  configuration: RailsConfiguration;
  emulator(name: RailName): RailEmulator;
};

/** How long a test lets a rail be silent. Long enough for a busy machine to answer in. */
const silenceMs = 700;

/** Starts the emulators with the shoppers `rich` (100,000 fen) and `poor` (3 fen). */
export async function startTestRails(nowMs: () => number): Promise<TestRails> {
  const balances = new Map([
    ["rich", 10_000_000],
    ["poor", 3],
  ]);
  const rails = await startRailEmulators({ balances, nowMs, folder: null });
  const { wechatPay, alipay } = rails.configuration;
  return {
    ...rails,
    configuration: {
      ...(wechatPay === undefined ? {} : { wechatPay: { ...wechatPay, timings: quick("wechat-pay") } }),
      ...(alipay === undefined ? {} : { alipay: { ...alipay, timings: quick("alipay") } }),
    },
    emulator: (name) => {
      const emulator = rails.emulators.get(name);
      if (emulator === undefined) throw new Error(`${name} is not emulated`);
      return emulator;
    },
  };
}

function quick(name: RailName): RailTimings {
  return { ...railTimings[name], callMs: { pay: silenceMs, other: silenceMs } };
}

/** An order that nobody has sent yet. */
export function makeOrder(amountMinor = 1250): RailOrder {
  return {
    orderNumber: orderNumberOf(randomUUID()),
    amountMinor,
    currency: "CNY",
    subject: "Lantern Lane / Grocery & 灯笼巷",
    storeId: "lantern-lane",
    tillNumber: 1,
  };
}
