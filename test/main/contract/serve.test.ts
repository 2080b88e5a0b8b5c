import fc from "fast-check";
import { expect, test } from "vitest";
import { connect } from "../../../main/contract/connect.ts";
import { faultOf, faultSchema, TillError } from "../../../main/contract/errors.ts";
import { serve } from "../../../main/contract/serve.ts";
import { serverMessageSchema, wireVersion, type Wire } from "../../../main/contract/wire.ts";
import { createTimersByHand } from "../../support/by-hand-timers.ts";
import { createShop, shopContract, type Shop } from "./shop-contract.ts";

/** A wire whose other end is the test. */
function createWire(): Wire & { hear(text: string): void; sent: string[]; isClosed(): boolean } {
  let onText = (_text: string) => {};
  let onClosed = () => {};
  let closed = false;
  const sent: string[] = [];
  return {
    sent,
    isClosed: () => closed,
    hear: (text) => onText(text),
    send: (text) => sent.push(text),
    receive: (handler) => (onText = handler),
    closed: (handler) => (onClosed = handler),
    close() {
      if (closed) return;
      closed = true;
      onClosed();
    },
  };
}

function openLine(): {
  shop: Shop;
  wire: ReturnType<typeof createWire>;
  timers: ReturnType<typeof createTimersByHand>;
} {
  const timers = createTimersByHand();
  const shop = createShop(timers);
  const wire = createWire();
  serve(wire, shop.options);
  return { shop, wire, timers };
}

const hello = JSON.stringify({ type: "hello", wire: wireVersion, token: "cashier-token" });

const message = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.json(),
  fc.jsonValue().map((input) => JSON.stringify({ type: "call", id: 1, method: "shop.double", input })),
  fc.record({ type: fc.string(), id: fc.anything(), method: fc.string(), input: fc.jsonValue() }).map(stringify),
  fc
    .record({ type: fc.constantFrom("hello", "call", "beat"), id: fc.jsonValue(), method: fc.jsonValue() })
    .map((value) => JSON.stringify(value)),
);

function stringify(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? part.toString() : part));
}

// Whoever finds the port of a till can send it anything; not one sale may come of it.
test("no text, before or after hello, reaches a handler with wrong input or throws", async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(message, { maxLength: 8 }), async (admitted, messages) => {
      const { shop, wire } = openLine();
      if (admitted) wire.hear(hello);
      for (const text of messages) wire.hear(text);
      await Promise.resolve();
      const valid = messages.filter((text) => isDouble(text)).length;
      expect(shop.asked.length).toBeLessThanOrEqual(admitted ? valid : 0);
      for (const text of wire.sent) expect(serverMessageSchema.safeParse(JSON.parse(text)).success).toBe(true);
      if (wire.isClosed()) expect(shop.watchers()).toBe(0);
    }),
    { numRuns: 500 },
  );
});

function isDouble(text: string): boolean {
  try {
    const { method, input } = JSON.parse(text) as { method: string; input: { amountMinor: unknown } };
    return method === "shop.double" && Number.isSafeInteger(input.amountMinor);
  } catch {
    // Not even JSON: no handler may hear of it.
    return false;
  }
}

test("a bad message closes its own line and leaves no timer and no watcher behind", () => {
  const { shop, wire, timers } = openLine();
  wire.hear(hello);
  expect(shop.watchers()).toBe(1);
  wire.hear("?");
  expect(wire.isClosed()).toBe(true);
  expect(shop.watchers()).toBe(0);
  expect(timers.waiting()).toBe(0);
});

test("a line that never says hello is let go, so that idle connections cannot pile up", () => {
  const { wire, timers } = openLine();
  timers.advance(60_000);
  expect(wire.isClosed()).toBe(true);
});

// A hung window is cut off while something is being sent to it, in the middle of whatever the till was doing.
test.each([1, 2, 3])("a line that breaks while message %i is sent leaves no timer and no watcher behind", (breakAt) => {
  const timers = createTimersByHand();
  const shop = createShop(timers);
  const wire = createWire();
  serve(
    {
      ...wire,
      send(text) {
        wire.send(text);
        if (wire.sent.length === breakAt) wire.close();
      },
    },
    shop.options,
  );
  wire.hear(hello);
  expect(wire.isClosed()).toBe(true);
  expect(shop.watchers()).toBe(0);
  expect(timers.waiting()).toBe(0);
});

test("a page whose line is closed before it begins is told once and leaves no timer behind", async () => {
  const timers = createTimersByHand();
  const wire = createWire();
  let closed = 0;
  const { call } = connect({
    contract: shopContract,
    timers,
    hello: { token: "cashier-token" },
    onClosed: () => (closed += 1),
    wire: { ...wire, send: () => wire.close() },
  });
  expect(closed).toBe(1);
  expect(timers.waiting()).toBe(0);
  await expect(call("shop.double", { amountMinor: 1 })).rejects.toMatchObject({ code: "wire.closed" });
});

test("an answer that comes after the line has closed is dropped and harms nothing", async () => {
  const { shop, wire } = openLine();
  wire.hear(hello);
  wire.hear(JSON.stringify({ type: "call", id: 1, method: "shop.double", input: { amountMinor: 2 } }));
  wire.close();
  const before = wire.sent.length;
  await Promise.resolve();
  expect(shop.asked).toEqual(["shop.double"]);
  expect(wire.sent.length).toBe(before);
});

test("what is logged of a faulty message is its code, never its content", () => {
  const { shop, wire } = openLine();
  wire.hear("PT1:SOMEBODYS-SPEND-TOKEN");
  expect(JSON.stringify(shop.logged)).not.toContain("SPEND-TOKEN");
});

test("every fault passes its own schema, whatever numbers and texts the error carried", () => {
  const odd = new TillError("tender.too-little", { missingMinor: Number.NaN, text: "x".repeat(1000) });
  expect(faultSchema.parse(JSON.parse(JSON.stringify(faultOf(odd))))).toEqual({
    code: "tender.too-little",
    params: { text: "x".repeat(500) },
  });
  expect(faultOf("a text was thrown")).toEqual({ code: "internal", params: {} });
});
