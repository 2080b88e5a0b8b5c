import { expect, test } from "vitest";
import { wireVersion, type Wire } from "../../../main/contract/wire.ts";
import { openService } from "../../../main/host/service.ts";
import { createTimersByHand } from "../../support/by-hand-timers.ts";
import { createShop } from "../contract/shop-contract.ts";

type Line = Wire & { hear(text: string): void; sent: { type: string }[]; hangUp(): void; isClosed(): boolean };

function createLine(): Line {
  let onText = (_text: string) => {};
  let onClosed = () => {};
  let closed = false;
  function end(): void {
    if (closed) return;
    closed = true;
    onClosed();
  }
  const sent: { type: string }[] = [];
  return {
    sent,
    hear: (text) => onText(text),
    hangUp: end,
    isClosed: () => closed,
    send: (text) => sent.push(JSON.parse(text) as { type: string }),
    close: end,
    receive: (handler) => (onText = handler),
    closed: (handler) => (onClosed = handler),
  };
}

function openShop(maximumWires: number) {
  const timers = createTimersByHand();
  const shop = createShop(timers);
  return { shop, timers, service: openService({ ...shop.options, maximumWires }) };
}

test("a wire too many is refused in words, and a place that became free is used again", () => {
  const { service, shop } = openShop(2);
  const lines = [createLine(), createLine(), createLine()] as const;
  for (const line of lines) service.attach(line);
  expect(lines.map((line) => line.isClosed())).toEqual([false, false, true]);
  expect(lines[2].sent).toEqual([{ type: "refused", fault: { code: "session.busy", params: {} } }]);
  expect(shop.logged).toHaveLength(1);

  lines[0].hangUp();
  const next = createLine();
  service.attach(next);
  expect(next.isClosed()).toBe(false);
});

test("a line that the till itself closes frees its place too", () => {
  const { service } = openShop(1);
  const faulty = createLine();
  service.attach(faulty);
  faulty.hear("?");
  expect(faulty.isClosed()).toBe(true);
  const next = createLine();
  service.attach(next);
  expect(next.isClosed()).toBe(false);
});

test("closing the service closes every wire, and one that comes later", () => {
  const { service, shop, timers } = openShop(8);
  const lines = [createLine(), createLine()];
  for (const line of lines) {
    service.attach(line);
    line.hear(JSON.stringify({ type: "hello", wire: wireVersion, token: "cashier-token" }));
  }
  expect(shop.watchers()).toBe(2);
  service.close();
  expect(lines.every((line) => line.isClosed())).toBe(true);
  expect(shop.watchers()).toBe(0);
  expect(timers.waiting()).toBe(0);
  const late = createLine();
  service.attach(late);
  expect(late.isClosed()).toBe(true);
});

test("a wire that the host vouches for has the host's role, whatever its hello says", () => {
  const { service } = openShop(8);
  const line = createLine();
  service.attachAs("tool")(line);
  line.hear(JSON.stringify({ type: "hello", wire: wireVersion, token: "manager-token" }));
  expect(line.sent[0]).toMatchObject({ type: "welcome", role: "tool" });
});
