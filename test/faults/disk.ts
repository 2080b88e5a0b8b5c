import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { applyChange, type Change, type Content, contentOf, copyContent, tornContent } from "./content.ts";
import type { Chance } from "./random.ts";
import type { DiskEvent } from "./record.ts";

/**
 * What is left: `process-ended` has everything the program did, `power-cut` only what was flushed, `torn` also a part of
 * what was not flushed.
 */
export type Outcome = "process-ended" | "power-cut" | "torn";

/** The disk below a folder, as it becomes by the events of a record. README.md says what it promises and what it does not. */
export interface Disk {
  apply(event: DiskEvent): void;
  /** Puts what is left of `part` (a path below the folder) into the folder `target`, which is made. */
  leave(target: string, outcome: Outcome, chance: Chance, part?: string): void;
}

/** How harsh the disk is. */
export interface DiskRules {
  /** A new name counts only once its folder was flushed, and not when the file itself was. */
  strictNames?: boolean;
  /** Part of what a failed flush was to keep reached the disk all the same; nothing of it when left out. */
  failedFlushKeeps?: Chance;
}

interface File {
  /** What the program sees. */
  seen: Content;
  durable: Content;
  /** What was done since, oldest first. */
  pending: Change[];
}

/** Files and not inodes: the number of a file that is gone is given to the next one at once. */
type Names = Map<string, File | "folder">;

type NameChange = { at: number; path: string; names: File | "folder" | undefined; to?: string };

/** The disk of `folder` as it lies there now, all of it flushed. */
export function createDisk(folder: string, rules: DiskRules = {}): Disk {
  const files = new Map<bigint, File>();
  const seenNames: Names = new Map<string, File | "folder">([[folder, "folder"]]);
  readFolder(folder, seenNames, files);
  const durableNames: Names = new Map(seenNames);
  let pendingNames: NameChange[] = [];
  const flushes = new Map<number, number>();
  let at = 0;

  function fileOf({ path, inode }: { path: string; inode: bigint }): File {
    const found = files.get(inode);
    if (found === undefined) throw new Error(`The record names a file that nobody made: ${path}`);
    return found;
  }

  function changeNames(change: Omit<NameChange, "at">): void {
    if (change.to !== undefined && change.names === "folder")
      throw new Error("A folder that is renamed is not modelled");
    applyName(seenNames, change);
    pendingNames.push({ at, ...change });
  }

  function changeFile(event: { path: string; inode: bigint }, change: Change): void {
    const { seen, pending } = fileOf(event);
    applyChange(seen, change);
    pending.push(change);
  }

  /** Makes the chosen changes durable, and with them the earlier ones that they rest on. */
  function settleNames(chosen: (change: NameChange) => boolean): void {
    const settled: NameChange[] = [];
    const left: NameChange[] = [];
    for (const change of pendingNames.toReversed()) {
      const needed = settled.some((later) => restsOn(later, change, rules.strictNames === true));
      (chosen(change) || needed ? settled : left).push(change);
    }
    for (const change of settled.toReversed()) applyName(durableNames, change);
    pendingNames = left.toReversed();
  }

  function flushed(event: DiskEvent & { kind: "sync-end" }, until: number): void {
    const { path } = event;
    if (seenNames.get(path) === "folder") {
      settleNames(({ at, path: from, to = from }) => at <= until && (dirname(from) === path || dirname(to) === path));
      return;
    }
    const file = fileOf(event);
    const count = file.pending.filter((change) => change.at <= until).length;
    for (const change of file.pending.splice(0, count)) applyChange(file.durable, change);
    if (rules.strictNames !== true) settleNames((change) => change.at <= until && change.names === file);
  }

  /** The kernel calls the pages clean: a later flush has nothing to write and succeeds. */
  function flushFailed(event: DiskEvent & { kind: "sync-end" }, until: number): void {
    if (seenNames.get(event.path) === "folder") return;
    const file = fileOf(event);
    const lost = file.pending.filter((change) => change.at <= until);
    file.pending = file.pending.filter((change) => change.at > until);
    if (rules.failedFlushKeeps !== undefined) file.durable = tornContent(file.durable, lost, rules.failedFlushKeeps);
  }

  return {
    apply(event) {
      at += 1;
      switch (event.kind) {
        case "create":
          files.set(event.inode, { seen: contentOf(), durable: contentOf(), pending: [] });
          return changeNames({ path: event.path, names: fileOf(event) });
        case "write":
          return changeFile(event, { at, offset: event.offset, data: event.data });
        case "truncate":
          return changeFile(event, { at, length: event.length });
        case "sync-begin":
          return void flushes.set(event.sync, at);
        case "sync-end":
          return (event.error === undefined ? flushed : flushFailed)(event, flushes.get(event.sync) ?? 0);
        case "rename":
          return changeNames({ path: event.path, names: seenNames.get(event.path), to: event.to });
        case "link":
          return changeNames({ path: event.to, names: fileOf(event) });
        case "make-directory":
          return changeNames({ path: event.path, names: "folder" });
        case "unlink":
        case "remove-directory":
          return changeNames({ path: event.path, names: undefined });
        case "witness":
        case "refused-write":
      }
    },
    leave(target, outcome, chance, part = folder) {
      const names = new Map(outcome === "process-ended" ? seenNames : durableNames);
      if (outcome === "torn") {
        const kept = chance.below(pendingNames.length + 1);
        for (const change of pendingNames.slice(0, kept)) applyName(names, change);
      }
      mkdirSync(target, { recursive: true, mode: 0o700 });
      for (const [path, file] of [...names].sort(([left], [right]) => (left < right ? -1 : 1))) {
        if (!path.startsWith(`${part}/`) || !hasFolders(names, path, folder)) continue;
        const place = join(target, path.slice(part.length));
        if (file === "folder") mkdirSync(place, { recursive: true, mode: 0o700 });
        else writeContent(place, leftOf(file, outcome, chance));
      }
    },
  };
}

function leftOf({ seen, durable, pending }: File, outcome: Outcome, chance: Chance): Content {
  if (outcome === "process-ended") return seen;
  return outcome === "power-cut" ? durable : tornContent(durable, pending, chance);
}

function writeContent(place: string, { bytes, length }: Content): void {
  writeFileSync(place, bytes.subarray(0, length), { mode: 0o600 });
}

function applyName(names: Names, { path, names: file, to }: Omit<NameChange, "at">): void {
  if (file === undefined || to !== undefined) names.delete(path);
  if (file !== undefined) names.set(to ?? path, file);
}

/** Whether a change cannot be on the disk without an earlier one: they are about one name, or one made the other's folder. */
function restsOn(later: NameChange, earlier: NameChange, strict: boolean): boolean {
  const laterNames = [later.path, later.to ?? later.path];
  const earlierNames = [earlier.path, earlier.to ?? earlier.path];
  const same = laterNames.some((name) => earlierNames.includes(name));
  const within = earlier.names === "folder" && laterNames.some((name) => name.startsWith(`${earlier.path}/`));
  return same || (within && !strict);
}

/** A name whose folder is not on the disk cannot be found. */
function hasFolders(names: Names, path: string, root: string): boolean {
  for (let above = dirname(path); above.length > root.length; above = dirname(above)) {
    if (names.get(above) !== "folder") return false;
  }
  return true;
}

function readFolder(folder: string, names: Names, files: Map<bigint, File>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      names.set(path, "folder");
      readFolder(path, names, files);
    } else {
      const { ino } = statSync(path, { bigint: true });
      const durable = contentOf(readFileSync(path));
      const file: File = { seen: copyContent(durable), durable, pending: [] };
      names.set(path, file);
      files.set(ino, file);
    }
  }
}
