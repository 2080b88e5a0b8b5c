import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import type { Reach } from "./database-hooks.ts";

const isMark = /[\\/]marks[\\/]/;
const isCopyBeforeMigration = /\.before-/;
const isUnfinishedCopy = /\.partial$/;

/** Puts hooks around the files that the till writes by itself: marks, copies before a migration, copies of the ledger. */
export function hookFiles(reach: Reach, lastCommit: () => string): void {
  const paths = new Map<number, string>();
  const { openSync, writeSync, fsync, fsyncSync, renameSync } = fs;
  const of = (file: unknown, pattern: RegExp) => pattern.test(paths.get(Number(file)) ?? "");

  fs.openSync = (...given: Parameters<typeof openSync>) => {
    const file = openSync(...given);
    paths.set(file, String(given[0]));
    return file;
  };
  fs.writeSync = ((...given: Parameters<typeof writeSync>) => {
    const written = writeSync(...given);
    if (of(given[0], isMark)) reach(`${lastCommit()}.marked`);
    return written;
  }) as typeof writeSync;
  fs.fsync = Object.assign((...given: Parameters<typeof fsync>) => {
    fsync(...given);
    if (of(given[0], isMark)) reach("mark.flushing");
  }, fsync);
  fs.fsyncSync = (file: number) => {
    if (of(file, isCopyBeforeMigration)) reach("migration.copied");
    fsyncSync(file);
    if (of(file, isCopyBeforeMigration)) reach("migration.flushed");
  };
  fs.renameSync = (from: fs.PathLike, to: fs.PathLike) => {
    if (isUnfinishedCopy.test(String(from))) reach("backup.whole");
    renameSync(from, to);
    if (isUnfinishedCopy.test(String(from))) reach("backup.named");
  };
  syncBuiltinESMExports();
}
