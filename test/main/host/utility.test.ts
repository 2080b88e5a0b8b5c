import { MessageChannel } from "node:worker_threads";
import { expect, test } from "vitest";
import { connect } from "../../../main/contract/connect.ts";
import { TillError } from "../../../main/contract/errors.ts";
import { messagePortWire } from "../../../main/host/message-port-wire.ts";
import type { HostedTill } from "../../../main/host/hosted-till.ts";
import { openService } from "../../../main/host/service.ts";
import type { FromTill } from "../../../main/host/till-messages.ts";
import { runUtility, type ParentPort } from "../../../main/host/utility.ts";
import { createTimersByHand } from "../../support/by-hand-timers.ts";
import { createShop, shopContract } from "../contract/shop-contract.ts";

type Told = Parameters<Parameters<ParentPort["on"]>[1]>[0];

function createParent() {
  let onMessage = (_event: Told) => {};
  const sent: FromTill[] = [];
  const waiting: (() => void)[] = [];
  const parentPort: ParentPort = {
    postMessage(message) {
      sent.push(message);
      for (const tell of waiting.splice(0)) tell();
    },
    on: (_event, listener) => (onMessage = listener),
  };
  return {
    parentPort,
    sent,
    tell: (data: unknown, ports: Told["ports"] = []) => onMessage({ data, ports }),
    next: () => new Promise<void>((resolve) => waiting.push(resolve)),
  };
}

function setUp(open?: () => Promise<HostedTill>) {
  const parent = createParent();
  const shop = createShop(createTimersByHand());
  const logged: string[] = [];
  const exited = Promise.withResolvers<number>();
  const till: HostedTill = {
    serve: (admit) => openService({ ...shop.options, admit }),
    picture: (hash) => {
      if (hash.startsWith("ff")) throw new Error("unreadable");
      return hash.startsWith("ab") ? { type: "image/png", bytes: new Uint8Array([1, 2]) } : null;
    },
    close: async () => {},
  };
  const ran = runUtility({
    parentPort: parent.parentPort,
    open: open ?? (async () => till),
    exit: exited.resolve,
    log: (words) => logged.push(words),
  });
  return { parent, shop, till, logged, exited: exited.promise, ran };
}

test("a window of the shell sells through its port, in the role that the shell gave it", async () => {
  const { parent, ran, exited } = setUp();
  await ran;
  expect(parent.sent).toEqual([{ type: "ready" }]);
  const { port1, port2 } = new MessageChannel();
  parent.tell({ type: "window", role: "cashier" }, [port2]);
  const role = Promise.withResolvers<string>();
  const closed = Promise.withResolvers<void>();
  const { call } = connect({
    contract: shopContract,
    wire: messagePortWire(port1),
    timers: createTimersByHand(),
    hello: {},
    onWelcome: (welcome) => role.resolve(welcome.role),
    onClosed: () => closed.resolve(),
  });
  expect(await role.promise).toBe("cashier");
  expect(await call("shop.double", { amountMinor: 21 })).toEqual({ amountMinor: 42 });
  await expect(call("shop.close", {})).rejects.toMatchObject({ code: "wire.not-allowed" });
  parent.tell({ type: "stop" });
  await closed.promise;
  expect(await exited).toBe(0);
});

test("a till that cannot start says why before it ends, so that the shell can put it on the screen", async () => {
  const { parent, exited, logged } = setUp(async () => {
    throw new TillError("ledger.damaged", { seq: 12 });
  });
  expect(await exited).toBe(1);
  expect(parent.sent).toEqual([{ type: "failed", fault: { code: "ledger.damaged", params: { seq: 12 } } }]);
  expect(logged).toHaveLength(1);
});

test("pictures are answered by their number, and one that cannot be read is only missing", async () => {
  const { parent, ran, logged } = setUp();
  await ran;
  const answers: FromTill[] = [];
  for (const [id, start] of [
    [1, "ab"],
    [2, "cd"],
    [3, "ff"],
  ] as const) {
    const next = parent.next();
    parent.tell({ type: "picture", id, hash: start.repeat(32) });
    await next;
    answers.push(parent.sent.at(-1)!);
  }
  expect(answers).toEqual([
    { type: "picture", id: 1, picture: { type: "image/png", bytes: new Uint8Array([1, 2]) } },
    { type: "picture", id: 2, picture: null },
    { type: "picture", id: 3, picture: null },
  ]);
  expect(logged).toHaveLength(1);
});

test("a till whose end fails says so by its exit code", async () => {
  const { till, parent, ran, exited } = setUp();
  till.close = async () => {
    throw new Error("the last flush failed");
  };
  await ran;
  parent.tell({ type: "stop" });
  expect(await exited).toBe(1);
});

test("a message of the shell that is none is told and changes nothing", async () => {
  const { parent, ran, logged } = setUp();
  await ran;
  parent.tell({ type: "window", role: "cashier", also: 1 });
  parent.tell({ type: "window", role: "cashier" });
  expect(logged).toHaveLength(1);
});

test("a till that waits for its ledger says which page the shell is to show, and ends when the ledger is in order", async () => {
  const { parent, till, ran, exited } = setUp();
  till.instead = "recovery";
  till.ended = Promise.resolve("recovered");
  await ran;
  expect(parent.sent).toEqual([{ type: "ready", instead: "recovery" }]);
  // With this code the shell starts it again.
  expect(await exited).toBe(0);
});

// A shell that started it again would enrol it again with the code of its first start.
test("a till that has left its shop says so to the shell and ends; one that was reset only ends", async () => {
  for (const [how, told] of [
    ["signed-out", [{ type: "ready" }, { type: "failed", fault: { code: "till.signed-out", params: {} } }]],
    ["reset", [{ type: "ready" }]],
  ] as const) {
    const parent = createParent();
    const shop = createShop(createTimersByHand());
    const exited = Promise.withResolvers<number>();
    await runUtility({
      parentPort: parent.parentPort,
      open: async () => ({
        serve: (admit) => openService({ ...shop.options, admit }),
        picture: () => null,
        ended: Promise.resolve(how),
        close: async () => {},
      }),
      exit: exited.resolve,
      log: (words) => expect.unreachable(words),
    });
    expect(await exited.promise).toBe(0);
    expect(parent.sent).toEqual(told);
  }
});
