import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connect, type Connection } from "../../../main/contract/connect.ts";
import type { Fault } from "../../../main/contract/errors.ts";
import {
  heartbeatIntervalMs,
  maximumMessageCharacters,
  silenceLimitMs,
  wireVersion,
  type Wire,
} from "../../../main/contract/wire.ts";
import { openService, type Service } from "../../../main/host/service.ts";
import { createTimersByHand, type ByHandTimers } from "../../support/by-hand-timers.ts";
import { createShop, shopContract, type Shop, type ShopContract } from "./shop-contract.ts";
import { transportKinds, type Transport } from "./transports.ts";

/** A connected window: what it was told, as it comes. */
type Window = {
  connection: Connection<ShopContract>;
  welcome: Promise<{ role: string; session: string }>;
  closed: Promise<Fault | null>;
  /** The next snapshot that has not been taken yet. */
  snapshot(): Promise<{ version: number }>;
};

describe.each(Object.keys(transportKinds))("over a %s", (kind) => {
  let serverTimers: ByHandTimers;
  let clientTimers: ByHandTimers;
  let shop: Shop;
  let service: Service;
  let transport: Transport;

  beforeEach(async () => {
    serverTimers = createTimersByHand();
    clientTimers = createTimersByHand();
    shop = createShop(serverTimers);
    service = openService(shop.options);
    transport = await transportKinds[kind]!(service.attach);
  });

  afterEach(async () => {
    service.close();
    await transport.close();
  });

  async function openWindow(hello: { token?: string; session?: string }): Promise<Window> {
    const snapshots: { version: number }[] = [];
    const takers: ((snapshot: { version: number }) => void)[] = [];
    const welcome = Promise.withResolvers<{ role: string; session: string }>();
    const closed = Promise.withResolvers<Fault | null>();
    const connection = connect({
      contract: shopContract,
      wire: await transport.dial(),
      timers: clientTimers,
      hello,
      onWelcome: welcome.resolve,
      onClosed: closed.resolve,
      onSnapshot(snapshot) {
        const taker = takers.shift();
        if (taker === undefined) snapshots.push(snapshot);
        else taker(snapshot);
      },
    });
    return {
      connection,
      welcome: welcome.promise,
      closed: closed.promise,
      async snapshot() {
        return snapshots.shift() ?? new Promise((resolve) => takers.push(resolve));
      },
    };
  }

  test("a window with the right token is welcomed and gets the state at once and at each change", async () => {
    const window = await openWindow({ token: "cashier-token" });
    expect(await window.welcome).toEqual({ role: "cashier", session: "cashier-session" });
    expect(await window.snapshot()).toEqual({ version: 1 });
    shop.change();
    expect(await window.snapshot()).toEqual({ version: 2 });
  });

  test("a reloaded tab comes back with its session and needs no token", async () => {
    const window = await openWindow({ session: "cashier-session" });
    expect((await window.welcome).role).toBe("cashier");
  });

  test("a wrong token is refused with a code that the page can put into words", async () => {
    const window = await openWindow({ token: "guessed" });
    expect(await window.closed).toEqual({ code: "session.invalid", params: {} });
    expect(shop.watchers()).toBe(0);
  });

  // A till may restart into one that waits for its ledger, and back, under a page that stays open.
  test("a page of another contract is told so, keeps its session, and what it asked has not been done", async () => {
    const kept: string[] = [];
    const closed = Promise.withResolvers<Fault | null>();
    const { call } = connect({
      contract: { ...shopContract, name: "recovery" },
      wire: await transport.dial(),
      timers: clientTimers,
      hello: { token: "cashier-token" },
      onWelcome: ({ session }) => kept.push(session),
      onSnapshot: () => expect.unreachable("a snapshot of another contract"),
      onClosed: closed.resolve,
    });
    await expect(call("shop.refuse", {})).rejects.toMatchObject({ code: "wire.other-contract" });
    expect(await closed.promise).toEqual({ code: "wire.other-contract", params: { contract: "shop" } });
    expect(kept).toEqual(["cashier-session"]);
  });

  test("a call is answered, and many at once each get their own answer", async () => {
    const { connection } = await openWindow({ token: "cashier-token" });
    const amounts = Array.from({ length: 50 }, (_, index) => index);
    const answers = await Promise.all(amounts.map((amountMinor) => connection.call("shop.double", { amountMinor })));
    expect(answers.map((answer) => answer.amountMinor)).toEqual(amounts.map((amount) => amount * 2));
  });

  test("a refusal of the till comes with its code and the numbers for its words", async () => {
    const { connection } = await openWindow({ token: "cashier-token" });
    await expect(connection.call("shop.refuse", {})).rejects.toMatchObject({
      code: "tender.too-little",
      params: { missingMinor: 5 },
    });
  });

  test("a bug in the till shows as `internal`: its details go to the log and never to a screen", async () => {
    const { connection } = await openWindow({ token: "cashier-token" });
    await expect(connection.call("shop.break", {})).rejects.toMatchObject({ code: "internal", params: {} });
    await expect(connection.call("shop.lie", {})).rejects.toMatchObject({ code: "internal", params: {} });
    expect(shop.logged.map(({ method, cause }) => [method, cause instanceof Error])).toEqual([
      ["shop.break", true],
      ["shop.lie", true],
    ]);
  });

  test("bad input, an unknown method and a method of another role never reach the till", async () => {
    const { connection } = await openWindow({ token: "cashier-token" });
    await expect(connection.call("shop.double", { amountMinor: 1.5 })).rejects.toMatchObject({
      code: "wire.invalid-message",
    });
    await expect(connection.call("shop.close", {})).rejects.toMatchObject({ code: "wire.not-allowed" });
    for (const name of ["shop.sell", "toString", "__proto__", "constructor"]) {
      await expect(connection.call(name as "shop.close", {})).rejects.toMatchObject({ code: "wire.unknown-method" });
    }
    expect(shop.asked).toEqual([]);
  });

  test("a call without an answer is given up after its time, and the line lives on", async () => {
    const { connection, welcome } = await openWindow({ token: "cashier-token" });
    await welcome;
    const call = connection.call("shop.hang", {});
    const outcome = expect(call).rejects.toMatchObject({ code: "wire.timeout", params: { method: "shop.hang" } });
    // Both sides hear each other's heartbeat on the way there, or the silence would close the line first.
    for (let elapsedMs = 0; elapsedMs < 20_000; elapsedMs += heartbeatIntervalMs) {
      clientTimers.advance(heartbeatIntervalMs);
      await expect(connection.call("shop.double", { amountMinor: 1 })).resolves.toEqual({ amountMinor: 2 });
    }
    await outcome;
  });

  test("open calls reject when the till goes away, so that no screen waits for ever", async () => {
    const { connection, welcome, closed } = await openWindow({ token: "cashier-token" });
    await welcome;
    const call = connection.call("shop.hang", {});
    service.close();
    await expect(call).rejects.toMatchObject({ code: "wire.closed" });
    expect(await closed).toBeNull();
    await expect(connection.call("shop.double", { amountMinor: 1 })).rejects.toMatchObject({ code: "wire.closed" });
    expect(clientTimers.waiting()).toBe(0);
    expect(serverTimers.waiting()).toBe(0);
  });

  test("open calls reject when the page closes the line itself", async () => {
    const { connection, welcome } = await openWindow({ token: "cashier-token" });
    await welcome;
    const call = connection.call("shop.hang", {});
    connection.close();
    await expect(call).rejects.toMatchObject({ code: "wire.closed" });
  });

  test("a till that has fallen silent is noticed by the page", async () => {
    const { closed, welcome, snapshot } = await openWindow({ token: "cashier-token" });
    await welcome;
    await snapshot();
    clientTimers.advance(silenceLimitMs);
    expect(await closed).toBeNull();
  });

  test("a page that has fallen silent is let go by the till", async () => {
    const { closed, welcome, snapshot } = await openWindow({ token: "cashier-token" });
    await welcome;
    await snapshot();
    serverTimers.advance(silenceLimitMs);
    await closed;
    expect(shop.watchers()).toBe(0);
    expect(serverTimers.waiting()).toBe(0);
  });

  test("heartbeats alone keep an idle line open", async () => {
    const { connection, welcome } = await openWindow({ token: "cashier-token" });
    await welcome;
    for (let round = 0; round < 8; round += 1) {
      clientTimers.advance(heartbeatIntervalMs);
      serverTimers.advance(heartbeatIntervalMs);
      // The answer shows that everything said before it has arrived on both sides.
      await connection.call("shop.double", { amountMinor: round });
    }
    expect(shop.watchers()).toBe(1);
  });

  test.each([
    ["no JSON", "{"],
    ["a JSON value that is no message", "[]"],
    ["a call before hello", JSON.stringify({ type: "call", id: 1, method: "shop.double", input: { amountMinor: 1 } })],
    ["another version of the wire", JSON.stringify({ type: "hello", wire: 99, token: "cashier-token" })],
    ["a field too many", JSON.stringify({ type: "hello", wire: wireVersion, token: "cashier-token", role: "manager" })],
  ])("a first message that is %s closes the line and touches nothing", async (_what, text) => {
    const wire = await transport.dial();
    const { texts, closed } = record(wire);
    wire.send(text);
    await closed;
    expect(texts.map((sent) => JSON.parse(sent))).toEqual([
      { type: "refused", fault: { code: "wire.invalid-message", params: {} } },
    ]);
    expect(shop.asked).toEqual([]);
    expect(shop.watchers()).toBe(0);
  });

  test("a message longer than the limit closes the line instead of filling the till's memory", async () => {
    const wire = await transport.dial();
    const { closed } = record(wire);
    wire.send("x".repeat(maximumMessageCharacters + 1));
    await closed;
    expect(shop.asked).toEqual([]);
  });

  test("a second hello cannot change the role of a window", async () => {
    const wire = await transport.dial();
    const { texts, closed } = record(wire);
    wire.send(JSON.stringify({ type: "hello", wire: wireVersion, token: "cashier-token" }));
    wire.send(JSON.stringify({ type: "hello", wire: wireVersion, token: "manager-token" }));
    await closed;
    expect(JSON.parse(texts.at(-1) ?? "")).toMatchObject({ type: "refused" });
  });

  test("a page that asks more at once than any page would is told so, and the till goes on", async () => {
    const { connection } = await openWindow({ token: "cashier-token" });
    for (let count = 0; count < 64; count += 1) connection.call("shop.hang", {}).catch(() => {});
    await expect(connection.call("shop.double", { amountMinor: 1 })).rejects.toMatchObject({ code: "session.busy" });
  });
});

function record(wire: Wire): { texts: string[]; closed: Promise<void> } {
  const texts: string[] = [];
  const closed = Promise.withResolvers<void>();
  wire.receive((text) => texts.push(text));
  wire.closed(() => closed.resolve());
  return { texts, closed: closed.promise };
}
