import { once } from "node:events";
import { createServer, connect, type AddressInfo } from "node:net";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { qrRows } from "../../../main/demo/qr.ts";
import { openRelay } from "../../../main/demo/relay.ts";
import { seededChance } from "../../../main/demo/seeded.ts";
import { differences, Witness } from "../../../main/demo/witness.ts";

// A day that failed can only be looked into if the same seed gives the same day.
test("the same seed gives the same chance, another one another, and every value is within its bounds", () => {
  const draw = (seed: number) =>
    Array.from(
      { length: 50 },
      (
        (chance) => () =>
          chance.below(1000)
      )(seededChance(seed)),
    );
  expect(draw(3)).toEqual(draw(3));
  expect(draw(3)).not.toEqual(draw(4));
  fc.assert(
    fc.property(fc.nat(2 ** 32 - 1), fc.integer({ min: 1, max: 1_000_000 }), (seed, below) => {
      const chance = seededChance(seed);
      for (let turn = 0; turn < 20; turn += 1) {
        const value = chance.below(below);
        expect(Number.isInteger(value) && value >= 0 && value < below).toBe(true);
      }
      expect(new Set(draw(seed)).size).toBeGreaterThan(10);
    }),
  );
  expect(() => seededChance(1).pick([])).toThrow(RangeError);
});

test("a witness notices a wrong total, a receipt that was used twice, and books that differ", () => {
  const goods = [
    { id: "tea", priceMinor: 450 },
    { id: "rice", priceMinor: 1000 },
  ] as unknown as ConstructorParameters<typeof Witness>[0];
  const witness = new Witness(goods);
  const sale = { receiptCode: "1-1", totalMinor: 1450, tender: "cash" as const, drawerMinor: 1450, offline: true };
  witness.saw(sale, witness.priceOf(["tea", "rice"]));
  expect(witness.complaints).toEqual([]);
  witness.saw(sale, 1450);
  witness.saw({ ...sale, receiptCode: "1-2", totalMinor: 449 }, 450);
  expect(witness.complaints).toHaveLength(2);
  expect(witness.priceOf(["unknown"])).toBeNaN();
  const book = witness.book();
  expect(book).toEqual({ sales: 2, totalMinor: 1899, cashMinor: 1899, walletMinor: 0 });
  expect(differences(["a", "b"], book, book)).toEqual([]);
  expect(differences(["a", "b"], book, { ...book, walletMinor: 1 })).toEqual(["walletMinor: a says 0, b says 1"]);
});

test("a cut cable breaks what is open and refuses what is new, and is the same address when it is in again", async () => {
  const echo = createServer((socket) => socket.on("error", () => {}).pipe(socket));
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
  const relay = await openRelay(`http://127.0.0.1:${(echo.address() as AddressInfo).port}`);
  onTestFinished(async () => {
    await relay.close();
    echo.close();
  });
  const { url } = relay;
  const port = Number(new URL(url).port);
  const first = connect(port, "127.0.0.1");
  first.write("hello");
  expect(String((await once(first, "data"))[0])).toBe("hello");
  const broken = once(first, "close");
  first.on("error", () => {});
  await relay.set("cut");
  await relay.set("cut");
  await broken;
  const refused = connect(port, "127.0.0.1");
  const [error] = (await once(refused, "error")) as [NodeJS.ErrnoException];
  expect(error.code).toBe("ECONNREFUSED");
  await relay.set("up");
  await relay.set("up");
  expect([relay.url, relay.state()]).toEqual([url, "up"]);
  const second = connect(port, "127.0.0.1");
  second.write("again");
  expect(String((await once(second, "data"))[0])).toBe("again");
  second.destroy();
});

test("a silent cable carries what is asked and loses every answer, the lost ones for good", async () => {
  const heard: string[] = [];
  const arrived = Promise.withResolvers<void>();
  const echo = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (bytes: Buffer) => {
      heard.push(String(bytes));
      socket.write(bytes, () => arrived.resolve());
    });
  });
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
  const relay = await openRelay(`http://127.0.0.1:${(echo.address() as AddressInfo).port}`);
  onTestFinished(async () => {
    await relay.close();
    echo.close();
  });
  await relay.set("silent");
  expect(relay.state()).toBe("silent");
  const socket = connect(Number(new URL(relay.url).port), "127.0.0.1");
  const answers: string[] = [];
  socket.on("data", (bytes: Buffer) => void answers.push(String(bytes)));
  socket.on("error", () => {});
  const closed = once(socket, "close");
  socket.write("charge");
  await arrived.promise;
  // A second way through the same cable: once its bytes are at the far end, the first answer has been at the relay.
  const other = connect(Number(new URL(relay.url).port), "127.0.0.1");
  other.on("error", () => {});
  other.write("more");
  while (!heard.includes("more")) await new Promise((resolve) => setImmediate(resolve));
  await relay.set("up");
  await closed;
  expect([heard[0], answers]).toEqual(["charge", []]);
  other.destroy();
});

test("a code on the phone is a square of dark and light with its three corners", () => {
  const rows = qrRows("PT1:".padEnd(400, "A"));
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([rows.length]));
  expect(rows.join("")).toMatch(/^[01]+$/);
  expect([rows[0]?.slice(0, 8), rows[0]?.slice(-7), rows.at(-1)?.slice(0, 8)]).toEqual([
    "11111110",
    "1111111",
    "11111110",
  ]);
  expect(() => qrRows("A".repeat(5000))).toThrow();
});
