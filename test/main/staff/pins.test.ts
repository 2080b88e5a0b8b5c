import { scryptSync } from "node:crypto";
import { expect, test } from "vitest";
import { PinPad } from "../../../main/staff/pins.ts";
import type { Person } from "../../../sync/protocol/change.ts";

function person(id: string, pin?: string): Person {
  const saltHex = "0f".repeat(16);
  const name = { en: id, "zh-CN": id };
  if (pin === undefined) return { id, name, roles: ["attendant"] };
  const hash = scryptSync(pin, Buffer.from(saltHex, "hex"), 32, { N: 16_384, r: 8, p: 1 });
  return { id, name, roles: ["attendant"], pin: { saltHex, hashHex: hash.toString("hex"), cost: 16_384 } };
}

function makePad() {
  const clock = { nowMs: 1_000_000 };
  const people = [person("without"), person("lin", "2468"), person("chen", "1357")];
  return { clock, pad: new PinPad({ people: () => people, now: () => clock.nowMs }) };
}

async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (error) {
    return error instanceof Error && "code" in error && "params" in error
      ? { code: error.code, params: error.params }
      : error;
  }
}

test("the PIN says who it is, and who has none is nobody's match", async () => {
  const { pad } = makePad();
  expect(await pad.identify("1357")).toMatchObject({ id: "chen" });
  expect(await pad.identify("2468")).toMatchObject({ id: "lin" });
  expect(await refusalOf(pad.identify(""))).toEqual({ code: "staff.pin-wrong", params: {} });
  expect(await refusalOf(pad.identify("135"))).toMatchObject({ code: "staff.pin-wrong" });
});

// A shopper who stands alone at a kiosk has all afternoon to try.
test("after five wrong PINs the pad waits half a minute, for the right one too, and then counts anew", async () => {
  const { pad, clock } = makePad();
  for (let tries = 1; tries <= 5; tries += 1) {
    expect(await refusalOf(pad.identify("0000"))).toMatchObject({ code: "staff.pin-wrong" });
  }
  expect(await refusalOf(pad.identify("2468"))).toEqual({ code: "staff.pin-wait", params: { seconds: 30 } });
  clock.nowMs += 29_001;
  expect(await refusalOf(pad.identify("2468"))).toEqual({ code: "staff.pin-wait", params: { seconds: 1 } });
  clock.nowMs += 999;
  expect(await pad.identify("2468")).toMatchObject({ id: "lin" });
  expect(await refusalOf(pad.identify("0000"))).toMatchObject({ code: "staff.pin-wrong" });
});

test("many calls at once are no way around the count, and a right PIN begins it anew", async () => {
  const { pad } = makePad();
  const answers = await Promise.all(Array.from({ length: 8 }, () => refusalOf(pad.identify("0000"))));
  const codes = answers.map((answer) => (answer as { code: string }).code);
  expect(codes).toEqual([
    ...Array.from({ length: 5 }, () => "staff.pin-wrong"),
    ...Array.from({ length: 3 }, () => "staff.pin-wait"),
  ]);
  const fresh = makePad().pad;
  for (let round = 0; round < 2; round += 1) {
    for (let tries = 1; tries <= 4; tries += 1) await refusalOf(fresh.identify("0000"));
    expect(await fresh.identify("2468")).toMatchObject({ id: "lin" });
  }
});

test("a clock that is put back does not lock the pad for longer than it says", async () => {
  const { pad, clock } = makePad();
  for (let tries = 1; tries <= 5; tries += 1) await refusalOf(pad.identify("0000"));
  clock.nowMs -= 3_600_000;
  expect(await pad.identify("2468")).toMatchObject({ id: "lin" });
});
