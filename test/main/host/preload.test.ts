import { beforeEach, expect, test, vi } from "vitest";
import type { Bridge } from "../../../main/contract/bridge.ts";

const electron = vi.hoisted(() => {
  const state = {
    exposed: {} as Record<string, unknown>,
    sent: [] as unknown[][],
    deliver: (_event: { ports: unknown[] }, _id: number) => {},
  };
  return {
    state,
    module: {
      contextBridge: { exposeInMainWorld: (name: string, value: unknown) => (state.exposed[name] = value) },
      ipcRenderer: {
        send: (...words: unknown[]) => state.sent.push(words),
        on: (_channel: string, listener: typeof state.deliver) => (state.deliver = listener),
      },
    },
  };
});

vi.mock("electron", () => electron.module);

/** A port as a page has it: the browser's own MessagePort is one in Node too. */
function channel(): { port1: MessagePort; port2: MessagePort } {
  return new MessageChannel();
}

beforeEach(async () => {
  vi.resetModules();
  electron.state.exposed = {};
  electron.state.sent = [];
  await import("../../../main/host/preload.ts");
});

function bridge(): Bridge {
  return electron.state.exposed["suanpan"] as Bridge;
}

test("a page gets a wire to the till and no other way out of its sandbox", () => {
  expect(Object.keys(electron.state.exposed)).toEqual(["suanpan"]);
  expect(Object.keys(bridge())).toEqual(["openWire"]);
  expect(Object.keys(bridge().openWire()).toSorted()).toEqual(["close", "closed", "receive", "send"]);
});

test("what a page says before its port has come is not lost, and then texts go both ways", async () => {
  const { port1, port2 } = channel();
  const wire = bridge().openWire();
  expect(electron.state.sent).toEqual([["wire", 1]]);
  const heard = new Promise((resolve) => wire.receive(resolve));
  const said = new Promise((resolve) => port1.addEventListener("message", (event) => resolve(event.data)));
  port1.start();
  wire.send("hello");
  electron.state.deliver({ ports: [port2] }, 1);
  expect(await said).toBe("hello");
  port1.postMessage("welcome");
  expect(await heard).toBe("welcome");
  port1.close();
});

test("two wires that are asked for at once each get their own port", async () => {
  const one = channel();
  const other = channel();
  const wires = [bridge().openWire(), bridge().openWire()];
  const heard = wires.map((wire) => new Promise((resolve) => wire.receive(resolve)));
  electron.state.deliver({ ports: [other.port2] }, 2);
  electron.state.deliver({ ports: [one.port2] }, 1);
  one.port1.postMessage("one");
  other.port1.postMessage("other");
  expect(await Promise.all(heard)).toEqual(["one", "other"]);
  one.port1.close();
  other.port1.close();
});

test("the page hears that the till is gone, once", async () => {
  const { port1, port2 } = channel();
  const wire = bridge().openWire();
  let count = 0;
  const closed = new Promise<void>((resolve) =>
    wire.closed(() => {
      count += 1;
      resolve();
    }),
  );
  electron.state.deliver({ ports: [port2] }, 1);
  port1.close();
  await closed;
  wire.close();
  wire.send("too late");
  expect(count).toBe(1);
});

test("anything but a text closes the wire", async () => {
  const { port1, port2 } = channel();
  const wire = bridge().openWire();
  const closed = new Promise<void>((resolve) => wire.closed(resolve));
  electron.state.deliver({ ports: [port2] }, 1);
  port1.postMessage({ not: "a text" });
  await closed;
});

test("a page that talks on without a till is stopped instead of filling its memory", () => {
  const wire = bridge().openWire();
  let closed = false;
  wire.closed(() => (closed = true));
  for (let count = 0; count < 1_000 && !closed; count += 1) wire.send("hello");
  expect(closed).toBe(true);
});
