import { expect, test } from "vitest";
import { z } from "zod";
import { wireVersion, type Wire } from "../../main/contract/wire.ts";
import { createTimersByHand } from "../support/by-hand-timers.ts";

// The pages import their session first, so that schemas are interpreted; a test that has zod already says so itself.
z.config({ jitless: true });
const { openSession } = await import("../../renderer/shared/session.ts");

const contract = {
  name: "lamp",
  methods: { "lamp.switch": { roles: ["hand"], input: z.strictObject({}), output: z.strictObject({}) } },
  snapshot: z.strictObject({ run: z.string(), version: z.int(), text: z.string() }),
};

/** The till's end of wires that a page opens one after the other. */
function createTill() {
  const wires: { sent: unknown[]; tell(message: unknown): void; drop(): void }[] = [];
  const openWire = (): Wire => {
    const sent: unknown[] = [];
    let receive = (_text: string) => {};
    let closed = () => {};
    wires.push({
      sent,
      tell: (message) => receive(JSON.stringify(message)),
      drop: () => closed(),
    });
    return {
      send: (text) => sent.push(JSON.parse(text)),
      close: () => {},
      receive: (handler) => {
        receive = handler;
      },
      closed: (handler) => {
        closed = handler;
      },
    };
  };
  return { wires, openWire };
}

function openPage(token: string | null = "good-once") {
  const till = createTill();
  const timers = createTimersByHand();
  const kept = { session: null as string | null, loads: 0 };
  const session = openSession({
    contract,
    openWire: till.openWire,
    timers,
    token,
    kept: {
      read: () => kept.session,
      write: (value) => {
        kept.session = value;
      },
    },
    loadAnew: () => {
      kept.loads += 1;
    },
    random: () => 1,
  });
  const welcome = (index: number, name = "lamp") =>
    till.wires[index]?.tell({ type: "welcome", wire: wireVersion, contract: name, role: "hand", session: "kept-1" });
  const show = (index: number, run: string, version: number) =>
    till.wires[index]?.tell({ type: "snapshot", snapshot: { run, version, text: `${run}${version}` } });
  return { ...till, timers, kept, session, welcome, show };
}

test("a page token is used once; after that the page lives on its session, also when it is loaded again", () => {
  const page = openPage();
  expect(page.wires[0]?.sent[0]).toMatchObject({ type: "hello", token: "good-once" });
  page.welcome(0);
  page.show(0, "a", 1);
  expect(page.session.state()).toMatchObject({ phase: "ready", snapshot: { text: "a1" } });
  expect(page.kept.session).toBe("kept-1");
  page.wires[0]?.drop();
  page.timers.advance(300);
  expect(page.wires[1]?.sent[0]).toEqual({ type: "hello", wire: wireVersion, session: "kept-1" });
});

test("a till that restarts leaves the last basket in view, and the page comes back by itself", () => {
  const page = openPage();
  page.welcome(0);
  page.show(0, "a", 7);
  page.wires[0]?.drop();
  expect(page.session.state()).toMatchObject({ phase: "restarting", snapshot: { text: "a7" } });
  for (let attempt = 1; attempt < 6; attempt += 1) {
    page.timers.advance(5_000);
    page.wires[attempt]?.drop();
  }
  page.timers.advance(5_000);
  page.welcome(6);
  page.show(6, "b", 1);
  expect(page.session.state()).toMatchObject({ phase: "ready", snapshot: { text: "b1" } });
});

test("a snapshot that comes late never puts an older basket on the screen", () => {
  const page = openPage();
  page.welcome(0);
  page.show(0, "a", 5);
  page.show(0, "a", 4);
  expect(page.session.state().snapshot?.text).toBe("a5");
});

test("a refused page says why, forgets its session and does not knock again and again", () => {
  const page = openPage(null);
  page.kept.session = "old";
  page.wires[0]?.tell({ type: "refused", fault: { code: "session.invalid", params: {} } });
  expect(page.session.state()).toMatchObject({ phase: "refused", fault: { code: "session.invalid" } });
  expect(page.kept.session).toBeNull();
  page.timers.advance(60_000);
  expect(page.wires).toHaveLength(1);
});

// The process of a till may start anew as one that waits for its ledger, which has a page of its own at the same address.
test("a page that meets another contract loads itself anew with its session, and does not knock again meanwhile", () => {
  const page = openPage();
  page.welcome(0);
  page.show(0, "a", 1);
  page.wires[0]?.drop();
  page.timers.advance(300);
  page.welcome(1, "recovery");
  expect(page.kept).toEqual({ session: "kept-1", loads: 1 });
  expect(page.session.state()).toMatchObject({ phase: "restarting", fault: null, snapshot: { text: "a1" } });
  page.timers.advance(60_000);
  expect(page.wires).toHaveLength(2);
});

test("a token that opens a page of another contract is exchanged all the same: the page that comes next needs none", () => {
  const page = openPage("good-once");
  page.welcome(0, "recovery");
  expect(page.kept).toEqual({ session: "kept-1", loads: 1 });
  expect(page.session.state().phase).toBe("connecting");
});

test("a touch while the line is down is answered at once and in words", async () => {
  const page = openPage();
  page.wires[0]?.drop();
  await expect(page.session.call("lamp.switch", {})).rejects.toMatchObject({ code: "wire.closed" });
});
