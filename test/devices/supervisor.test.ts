import { expect, test } from "vitest";
import { DeviceError } from "../../devices/errors.ts";
import { Supervisor } from "../../devices/supervisor.ts";
import type { DeviceState } from "../../devices/supervisor.ts";
import type { Connection, ConnectionListener, Transport } from "../../devices/transport/transport.ts";
import { FakeClock } from "./fake-clock.ts";

interface Opened {
  connection: Connection;
  listener: ConnectionListener;
  isClosed: boolean;
}

/** A transport whose plug and faults a test holds in its hand. */
function fakeTransport() {
  const opened: Opened[] = [];
  const control = {
    isPresent: true,
    openError: undefined as DeviceError | undefined,
    opens: 0,
    hint: () => undefined as void,
  };
  const transport: Transport = {
    label: "fake",
    isPresent: () => Promise.resolve(control.isPresent),
    open(listener) {
      control.opens += 1;
      if (control.openError !== undefined) return Promise.reject(control.openError);
      const entry: Opened = {
        listener,
        isClosed: false,
        connection: {
          get isOpen() {
            return !entry.isClosed;
          },
          write: () => Promise.resolve(),
          close() {
            if (!entry.isClosed) {
              entry.isClosed = true;
              listener.closed(undefined);
            }
            return Promise.resolve();
          },
        },
      };
      opened.push(entry);
      return Promise.resolve(entry.connection);
    },
    watchPresence(hint) {
      control.hint = hint;
      return () => {
        control.hint = () => undefined;
      };
    },
  };
  return { transport, control, opened };
}

function setUp(random = () => 0.999) {
  const clock = new FakeClock();
  const fake = fakeTransport();
  const states: DeviceState[] = [];
  const data: string[] = [];
  const supervisor = new Supervisor({
    transport: fake.transport,
    clock,
    random,
    onState: (state) => states.push(state),
    onData: (bytes) => data.push(String.fromCharCode(...bytes)),
  });
  return { clock, supervisor, states, data, ...fake };
}

function kinds(states: readonly DeviceState[]): string[] {
  return states.map((state) => (state.kind === "degraded" ? `degraded ${state.reason.code}` : state.kind));
}

function lose(opened: Opened | undefined): void {
  if (opened === undefined) throw new Error("Nothing was opened");
  opened.isClosed = true;
  opened.listener.closed(new DeviceError("device.connection-lost"));
}

test("a device that is plugged in becomes ready and its bytes arrive", async () => {
  const { clock, supervisor, states, data, opened } = setUp();
  supervisor.start();
  await clock.advance(0);
  expect(kinds(states)).toEqual(["opening", "ready"]);
  opened[0]?.listener.data(Uint8Array.of(0x41));
  expect(data).toEqual(["A"]);
});

test("a device that is missing is absent, then present, opening and ready without anybody's help", async () => {
  const { clock, supervisor, states, control } = setUp();
  control.isPresent = false;
  supervisor.start();
  await clock.advance(30_000);
  expect(kinds(states)).toEqual(["absent"]);
  control.isPresent = true;
  await clock.advance(10_000);
  expect(kinds(states)).toEqual(["absent", "present", "opening", "ready"]);
});

test("plugging in is noticed at once where the system tells, or a cashier waits ten seconds for the scanner", async () => {
  const { clock, supervisor, states, control } = setUp();
  control.isPresent = false;
  supervisor.start();
  await clock.advance(60_000);
  control.isPresent = true;
  control.hint();
  await clock.advance(0);
  expect(states.at(-1)?.kind).toBe("ready");
});

test("tries come after delays under a cap that doubles from half a second to ten, so a dead printer costs little", async () => {
  const { clock, supervisor, control } = setUp();
  control.openError = new DeviceError("device.unreachable");
  supervisor.start();
  await clock.advance(0);
  const delaysMs: number[] = [];
  for (let tries = control.opens; delaysMs.length < 8; tries = control.opens) {
    const startMs = clock.now();
    while (control.opens === tries) await clock.advance(1);
    delaysMs.push(clock.now() - startMs);
  }
  const caps = [500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000];
  for (const [index, cap] of caps.entries()) {
    expect(delaysMs[index]).toBeGreaterThan(cap * 0.98);
    expect(delaysMs[index]).toBeLessThanOrEqual(cap);
  }
});

test("chance never makes the tries run into one another", async () => {
  const { clock, supervisor, control } = setUp(() => 0);
  control.openError = new DeviceError("device.port-busy");
  supervisor.start();
  await clock.advance(1000);
  expect(control.opens).toBeLessThanOrEqual(21);
});

test("a device that keeps failing stays degraded for the same reason, so the screen does not flicker", async () => {
  const { clock, supervisor, states, control } = setUp();
  control.openError = new DeviceError("device.port-busy");
  supervisor.start();
  await clock.advance(60_000);
  expect(kinds(states)).toEqual(["opening", "degraded device.port-busy"]);
  expect(control.opens).toBeGreaterThan(5);
});

test("a lost connection is replaced by a new one, and late bytes of the old one are dropped", async () => {
  const { clock, supervisor, states, data, opened } = setUp();
  supervisor.start();
  await clock.advance(0);
  lose(opened[0]);
  expect(kinds(states).at(-1)).toBe("degraded device.connection-lost");
  expect(supervisor.connection).toBeUndefined();
  await clock.advance(500);
  expect(opened).toHaveLength(2);
  expect(supervisor.connection).toBe(opened[1]?.connection);
  opened[0]?.listener.data(Uint8Array.of(0x41));
  opened[1]?.listener.data(Uint8Array.of(0x42));
  expect(data).toEqual(["B"]);
});

test("a connection that breaks again and again is tried more and more seldom; a steady one begins anew", async () => {
  const { clock, supervisor, opened } = setUp();
  supervisor.start();
  await clock.advance(0);
  for (let round = 1; round <= 3; round += 1) {
    lose(opened.at(-1));
    await clock.advance(500 * 2 ** (round - 1) * 0.99);
    expect(opened).toHaveLength(round);
    await clock.advance(500 * 2 ** (round - 1) * 0.01);
    expect(opened).toHaveLength(round + 1);
  }
  await clock.advance(10_000);
  lose(opened.at(-1));
  await clock.advance(500);
  expect(opened).toHaveLength(5);
});

test("a device can be degraded for its own reason and recover without being closed", async () => {
  const { clock, supervisor, states, opened } = setUp();
  supervisor.start();
  await clock.advance(0);
  supervisor.degrade({ code: "printer.out-of-paper", params: {} });
  supervisor.recover();
  expect(kinds(states)).toEqual(["opening", "ready", "degraded printer.out-of-paper", "ready"]);
  expect(opened).toHaveLength(1);
});

test("stopping leaves no connection, timer or watcher behind, whatever it was doing", async () => {
  for (const afterMs of [0, 1, 250, 5000]) {
    const { clock, supervisor, opened, control } = setUp();
    if (afterMs > 0) control.openError = new DeviceError("device.unreachable");
    supervisor.start();
    await clock.advance(afterMs);
    await supervisor.stop();
    const { opens } = control;
    control.hint();
    await clock.advance(60_000);
    expect(clock.pendingTimers).toBe(0);
    expect(control.opens).toBe(opens);
    expect(opened.every((entry) => entry.isClosed)).toBe(true);
  }
});

test("a connection that opens while stopping is closed again, or the port stays locked for the next program", async () => {
  const { supervisor, opened, clock } = setUp();
  supervisor.start();
  await supervisor.stop();
  await clock.advance(0);
  expect(opened.every((entry) => entry.isClosed)).toBe(true);
});
