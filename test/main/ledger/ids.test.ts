import { expect, test } from "vitest";
import { createIdSource } from "../../../main/ledger/ids.ts";
import { idSchema } from "../../../sync/protocol/entry.ts";

test("ids rise and never repeat while the clock stands or goes back, so no sale is taken for another", () => {
  const times = [1000, 1000, 999, 5, 1001, ...Array.from({ length: 9000 }, () => 1001)];
  let index = 0;
  const ids = createIdSource({ now: () => times[index++] ?? 0, random: (count) => new Uint8Array(count) });
  const made = times.map(() => ids.uuid());
  expect(made).toEqual(made.toSorted());
  expect(new Set(made).size).toBe(made.length);
  for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("an id carries its time, so that a person reading a log sees when it was made (RFC 9562, appendix A.6)", () => {
  const ids = createIdSource({ now: () => 0x017f22e279b0, random: (count) => new Uint8Array(count).fill(0xff) });
  const id = ids.uuid();
  expect(id).toBe("017f22e2-79b0-77ff-bfff-ffffffffffff");
  expect(idSchema.parse(id)).toBe(id);
});
