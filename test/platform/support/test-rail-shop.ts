import type { RailBehaviour } from "../../../sync/protocol/demo-rails.ts";
import type { RailEmulator } from "../../../platform/demo/rails/emulator.ts";
import type { RailName } from "../../../platform/rails/rail.ts";
import { startTestPlatform, type TestPlatform } from "./test-platform.ts";
import { startTestRails, type TestRails } from "./test-rails.ts";
import { openTill } from "./test-shop.ts";
import { makeCharge, type TestCharge } from "./test-shopper.ts";
import type { Answer, TestTill } from "./test-till.ts";

/** A charge over a rail as a till asks for it. */
export type RailCharge = TestCharge & { rail: RailName };

/** A platform with both rails beside it, and a till. */
export type RailShop = {
  platform: TestPlatform;
  rails: TestRails;
  till: TestTill;
  emulator(name: RailName): RailEmulator;
  /** A charge with a fresh code of the rich shopper, not yet sent. */
  make(name: RailName, amountMinor?: number): { charge: RailCharge; code: string };
  send(charge: RailCharge, code: string): Promise<Answer>;
  /** Chooses how the rail behaves, and charges. */
  pay(name: RailName, behaviour: RailBehaviour, amountMinor?: number): Promise<{ charge: RailCharge; answer: Answer }>;
  state(charge: RailCharge): Promise<string>;
  get(charge: RailCharge): Promise<Answer>;
  reverse(charge: RailCharge): Promise<Answer>;
  /** Lets time pass. */
  wait(seconds: number): void;
  stop(): Promise<void>;
};

/** The order number of a charge. */
export function numberOf(charge: RailCharge): string {
  return charge.paymentId.replaceAll("-", "");
}

/** Starts a platform over the emulators of both rails. */
export async function startRailShop(): Promise<RailShop> {
  const clock = { nowMs: Date.UTC(2026, 10, 20, 6) };
  const rails = await startTestRails(() => clock.nowMs);
  const platform = await startTestPlatform({ clock, rails: rails.configuration });
  const till = await openTill(platform);
  const emulator = (name: RailName): RailEmulator => rails.emulator(name);
  const send = (charge: RailCharge, token: string): Promise<Answer> => till.post("/v1/charges", { ...charge, token });
  const get = (charge: RailCharge): Promise<Answer> => till.get(`/v1/charges/${charge.paymentId}`);
  const make = (name: RailName, amountMinor = 1300) => {
    const charge: RailCharge = { ...makeCharge(till, amountMinor), rail: name };
    return { charge, code: emulator(name).issueCode("rich").code };
  };
  return {
    platform,
    rails,
    till,
    emulator,
    make,
    send,
    get,
    pay: async (name, behaviour, amountMinor) => {
      emulator(name).choose(behaviour);
      const { charge, code } = make(name, amountMinor);
      return { charge, answer: await send(charge, code) };
    },
    state: async (charge) => String((await get(charge)).body["state"]),
    reverse: (charge) => till.post(`/v1/charges/${charge.paymentId}/reversal`, charge),
    wait: (seconds) => {
      clock.nowMs += seconds * 1000;
    },
    stop: async () => {
      await platform.stop();
      await rails.close();
    },
  };
}
