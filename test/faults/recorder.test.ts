import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createDisk, type Disk, type Outcome } from "./disk.ts";
import type { FileStep } from "./file-steps.ts";
import { seededChance } from "./random.ts";
import { type DiskEvent, readRecord } from "./record.ts";
import { makeRecordedPlace, recorderMissing, type RecordedPlace } from "./recorder.ts";

const program = new URL("./file-steps.ts", import.meta.url);

const madeInFolder: readonly FileStep[] = [
  ["folder", "f"],
  ["write", "f/a", "one"],
  ["flush", "f/a"],
];

/** What the program does, each in a folder of its own, in this order. */
const cases: Record<string, readonly FileStep[]> = {
  written: [
    ["write", "a", "one"],
    ["flush", "a"],
    ["append", "a", " two"],
    ["write", "b", "never flushed"],
  ],
  renamed: [...madeInFolder, ["rename", "f/a", "f/b"]],
  renamedInFlushedFolder: [...madeInFolder, ["rename", "f/a", "f/b"], ["flush", "f"]],
  renamedAndFlushed: [...madeInFolder, ["rename", "f/a", "f/b"], ["flush", "f/b"]],
  removed: [...madeInFolder, ["remove", "f/a"]],
  removedFromFlushedFolder: [...madeInFolder, ["remove", "f/a"], ["flush", "f"]],
  linked: [...madeInFolder, ["link", "f/a", "f/c"], ["flush", "f"]],
  folderFlushed: [...madeInFolder, ["flush", "f"]],
  foldersFlushed: [...madeInFolder, ["flush", "f"], ["flush", "."], ["flush", ".."]],
  numberReused: [
    ["write", "a", "old"],
    ["flush", "a"],
    ["remove", "a"],
    ["write", "b", "new"],
    ["flush", "b"],
  ],
  cut: [
    ["write", "a", "one two"],
    ["flush", "a"],
    ["copy", "a", "b"],
    ["flush", "b"],
    ["truncate", "a", 3],
  ],
  cutAndFlushed: [
    ["write", "a", "one two"],
    ["truncate", "a", 3],
    ["flush", "a"],
  ],
  flushFails: [
    ["write", "a", "one"],
    ["write", "b", "one"],
    ["flush", "a"],
    ["overwrite", "a", "two"],
    ["order", "fail sync 2 once 5 /a"],
    ["flush", "b"],
    ["flush", "a"],
    ["append", "a", " three"],
    ["flush", "a"],
    ["flush", "a"],
    ["order", "fail off"],
  ],
  writesFail: [
    ["order", "fail write 2 on 28 *"],
    ["write", "a", "one"],
    ["write", "b", "two"],
    ["append", "a", "three"],
    ["order", "fail off"],
  ],
  long: [
    ["write", "a", "o".repeat(4096)],
    ["flush", "a"],
    ["overwrite", "a", "n".repeat(2048)],
    ["append", "a", "m".repeat(1024)],
  ],
};

// Everything else in this folder rests on what the recorder sees and on what the disk then keeps.
describe.skipIf(recorderMissing !== undefined)(`the disk after a power cut (${recorderMissing ?? "recorded"})`, () => {
  let place: RecordedPlace;
  let disk: Disk;
  let strictDisk: Disk;
  let events: DiskEvent[];
  beforeAll(async () => {
    place = makeRecordedPlace();
    disk = createDisk(place.folder);
    strictDisk = createDisk(place.folder, { strictNames: true });
    const steps = Object.entries(cases).flatMap(([name, list]) => [
      ["folder", name] as const,
      ...list.map(within(name)),
    ]);
    expect(await place.run(program, [JSON.stringify(steps)])).toEqual({ code: 0, signal: null, errors: "" });
    ({ events } = readRecord(place.record));
    for (const event of events) for (const each of [disk, strictDisk]) each.apply(event);
  });
  afterAll(() => place.remove());

  /** The files that are left of a case, by their names, with their texts. */
  function left(name: string, outcome: Outcome = "power-cut", from = disk, seed = 1): Record<string, string> {
    const target = mkdtempSync(join(tmpdir(), "suanpan-left-"));
    onTestFinished(() => rmSync(target, { recursive: true, force: true }));
    from.leave(target, outcome, seededChance(seed), join(place.folder, name));
    const files = readdirSync(target, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((file) => join(file.parentPath, file.name));
    return Object.fromEntries(paths.map((path) => [path.slice(target.length + 1), readFileSync(path, "utf8")]));
  }

  test("has what was flushed and nothing that was written since, which a mere kill of the program keeps", () => {
    expect(left("written")).toEqual({ a: "one" });
    expect(left("written", "process-ended")).toEqual({ a: "one two", b: "never flushed" });
  });

  test("keeps a new name once the file or its folder was flushed, and a removed one until the folder was", () => {
    expect(left("renamed")).toEqual({ "f/a": "one" });
    expect(left("renamedInFlushedFolder")).toEqual({ "f/b": "one" });
    expect(left("renamedAndFlushed")).toEqual({ "f/b": "one" });
    expect(left("removed")).toEqual({ "f/a": "one" });
    expect(left("removedFromFlushedFolder")).toEqual({});
    expect(left("linked")).toEqual({ "f/a": "one", "f/c": "one" });
  });

  test("is harsher on request: a name counts only when every folder above it was flushed", () => {
    expect(left("folderFlushed")).toEqual({ "f/a": "one" });
    expect(left("folderFlushed", "power-cut", strictDisk)).toEqual({});
    expect(left("foldersFlushed", "power-cut", strictDisk)).toEqual({ "f/a": "one" });
  });

  // A file takes the number of one that was just removed: a journal of SQLite and the log after it.
  test("does not mix up a removed file that is still there with the new one that has its number", () => {
    expect(left("numberReused")).toEqual({ a: "old", b: "new" });
  });

  test("knows lengths that were cut and files that were copied inside the kernel", () => {
    expect(left("cut")).toEqual({ a: "one two", b: "one two" });
    expect(left("cutAndFlushed")).toEqual({ a: "one" });
  });

  test("keeps nothing of a failed flush, even when the next flush succeeds; earlier and other flushes are kept", () => {
    const refused = events.filter((event) => event.kind === "witness" && event.text.includes("EIO"));
    expect(refused.length).toBe(1);
    expect(left("flushFails", "process-ended")).toEqual({ a: "two three", b: "one" });
    // The second flush of "a" failed, after " three"; the third had only clean pages before it.
    expect(left("flushFails")).toEqual({ a: "two", b: "one" });
  });

  test("lets a write fail with the error that was asked for, and from then on", () => {
    const refused = events.filter((event) => event.kind === "witness" && event.text.includes("ENOSPC"));
    expect(refused.length).toBe(2);
    expect(left("writesFail", "process-ended")).toEqual({ a: "one", b: "" });
  });

  test("may keep any part of what was not flushed, but whole sectors, and never loses what was", () => {
    const kinds = new Set<string>();
    for (let seed = 1; seed <= 60; seed += 1) {
      const { a = "" } = left("long", "torn", disk, seed);
      const sectors = a.match(/.{512}/gs) ?? [];
      expect(a.length).toBeGreaterThanOrEqual(4096);
      for (const [index, sector] of sectors.entries()) {
        expect(index < 4 ? ["o", "n"] : ["o", "m", "\0"]).toContain(sector[0]);
        expect(new Set(sector).size).toBe(1);
      }
      kinds.add(sectors.map((sector) => sector[0]).join(""));
    }
    expect(kinds.size).toBeGreaterThan(8);
  });

  test("is not guessed where the program did what the recorder has no event for", async () => {
    const from = readRecord(place.record).end;
    await place.run(program, [JSON.stringify([["symlink", "long/a", "long/b"]])]);
    expect(() => readRecord(place.record, from)).toThrow(/no event for: symlink/);
  });
});

/** The step in a folder of its own. Orders to the recorder name the ends of paths. */
function within(name: string): (step: FileStep) => FileStep {
  const put = (path: string) => join(name, path);
  return (step) => {
    switch (step[0]) {
      case "order":
        return step;
      case "rename":
      case "link":
      case "symlink":
      case "copy":
        return [step[0], put(step[1]), put(step[2])];
      case "truncate":
        return [step[0], put(step[1]), step[2]];
      case "write":
      case "append":
      case "overwrite":
        return [step[0], put(step[1]), step[2]];
      default:
        return [step[0], put(step[1])];
    }
  };
}
