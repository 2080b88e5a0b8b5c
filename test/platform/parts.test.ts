import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createNonces } from "../../platform/authorisation/nonces.ts";
import { createLoadGate } from "../../platform/http/load-gate.ts";
import { openKeys } from "../../platform/keys.ts";
import { readOptions } from "../../platform/options.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "suanpan-keys-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const nowMs = Date.UTC(2026, 10, 20);
const dayMs = 24 * 3_600_000;

test("keys are the same at every start, and nobody but their owner can read them", async () => {
  const first = await openKeys(folder, nowMs, 0);
  const second = await openKeys(folder, nowMs + dayMs, 1);
  expect(second.root.publicKey).toBe(first.root.publicKey);
  expect(second.operatorToken).toBe(first.operatorToken);
  expect(second.list).toEqual(first.list);
  const place = join(folder, "keys");
  for (const file of await readdir(place)) expect((await stat(join(place, file))).mode & 0o077).toBe(0);
});

test("an issuing key is renewed before its end, and the old one stays good until its certificates have ended", async () => {
  const first = await openKeys(folder, nowMs, 0);
  const later = await openKeys(folder, nowMs + 70 * dayMs, 1);
  expect(later.list.version).toBe(2);
  expect(later.list.keys.map(({ keyId }) => keyId)).toEqual([first.issuing.keyId, later.issuing.keyId]);
  const muchLater = await openKeys(folder, nowMs + 140 * dayMs, 2);
  expect(muchLater.list.keys.map(({ keyId }) => keyId)).not.toContain(first.issuing.keyId);
});

test("a folder from a backup is signed above every version that was given out: tills take no lower one", async () => {
  await openKeys(folder, nowMs, 0);
  expect((await openKeys(folder, nowMs, 7)).list.version).toBe(8);
});

test("a list that the root did not sign stops the start: whoever wrote it could issue money", async () => {
  await openKeys(folder, nowMs, 0);
  const file = join(folder, "keys", "issuing-keys.json");
  await writeFile(file, (await readFile(file, "utf8")).replace('version\\":1', 'version\\":2'));
  await expect(openKeys(folder, nowMs, 0)).rejects.toThrow("not signed");
});

test("a nonce is good from its making to its end, whenever it is looked at, and for one key only", () => {
  fc.assert(
    fc.property(fc.nat(4_000_000_000), fc.integer({ min: -600, max: 600 }), (seconds, ageSeconds) => {
      const clock = { nowMs: (seconds + 1000) * 1000 };
      const nonces = createNonces(Buffer.alloc(32, 1), () => clock.nowMs);
      const others = createNonces(Buffer.alloc(32, 2), () => clock.nowMs);
      const nonce = nonces.current();
      clock.nowMs += ageSeconds * 1000;
      expect(nonces.isFresh(nonce)).toBe(ageSeconds >= -5 && ageSeconds <= 300);
      expect(others.isFresh(nonce)).toBe(false);
    }),
  );
});

test("beyond its capacity the gate sends callers away for a while that grows with the queue of them", () => {
  const clock = { nowMs: 0 };
  const gate = createLoadGate(
    2,
    () => clock.nowMs,
    () => 0.999,
  );
  expect([gate.enter(), gate.enter()]).toEqual([{ entered: true }, { entered: true }]);
  const first = gate.enter();
  for (let caller = 0; caller < 40; caller += 1) gate.enter();
  const last = gate.enter();
  if (first.entered || last.entered) throw new Error("The gate let too many in");
  expect(first.retryAfterSeconds).toBeGreaterThanOrEqual(1);
  expect(last.retryAfterSeconds).toBeGreaterThan(first.retryAfterSeconds);
  expect(last.retryAfterSeconds).toBeLessThanOrEqual(121);
  gate.leave();
  expect(gate.enter()).toEqual({ entered: true });
  clock.nowMs += 30_000;
  const calm = gate.enter();
  expect(calm).toEqual({ entered: false, retryAfterSeconds: expect.any(Number) });
  if (!calm.entered) expect(calm.retryAfterSeconds).toBeLessThan(last.retryAfterSeconds);
});

test("the command line says what is wrong with it, and the demo does not leave this machine", () => {
  const read = (...parameters: string[]) => readOptions(parameters, {});
  expect(read("--data", "d", "--port", "0")).toMatchObject({ host: "127.0.0.1", demo: false, databaseUrl: null });
  expect(() => read("--port", "1")).toThrow("Usage");
  expect(() => read("--data", "d", "--port", "70000")).toThrow("not a port");
  expect(() => read("--data", "d", "--port", "1", "--colour")).toThrow("colour");
  expect(() => read("--data", "d", "--port", "1", "--demo", "--host", "0.0.0.0")).toThrow("loopback");
  expect(() => readOptions(["--data", "d", "--port", "1"], { SUANPAN_LOG: "loud" })).toThrow("SUANPAN_LOG");
});
