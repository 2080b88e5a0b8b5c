import {
  appendFileSync,
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { openWitness } from "./say.ts";

/** A step of a program that only handles files: what to do, with which names below its folder. */
export type FileStep =
  | readonly ["write" | "append" | "overwrite", name: string, text: string]
  | readonly ["flush" | "remove" | "folder" | "order", name: string]
  | readonly ["rename" | "link" | "symlink" | "copy", from: string, to: string]
  | readonly ["truncate", name: string, length: number];

/** Runs steps under the recorder. Arguments: the folder that is watched, the steps as JSON. Says of each whether it failed. */
const [, , folder = "", steps = "[]"] = process.argv;
runSteps(JSON.parse(steps) as FileStep[]);

function runSteps(list: readonly FileStep[]): void {
  const { say, order } = openWitness();
  for (const step of list) {
    if (step[0] === "order") {
      order(step[1]);
      continue;
    }
    try {
      runStep(step);
      say({ say: "stored", entries: [] });
    } catch (error) {
      say({ say: "refused", code: error instanceof Error && "code" in error ? String(error.code) : String(error) });
    }
  }
}

function runStep(step: FileStep): void {
  const path = join(folder, step[1]);
  switch (step[0]) {
    case "write":
      return writeFileSync(path, step[2]);
    case "append":
      return appendFileSync(path, step[2]);
    case "overwrite":
      return withFile(path, "r+", (file) => void writeSync(file, step[2], 0));
    case "flush":
      return withFile(path, "r", fsyncSync);
    case "remove":
      return rmSync(path);
    case "folder":
      mkdirSync(path);
      return;
    case "rename":
      return renameSync(path, join(folder, step[2]));
    case "link":
      return linkSync(path, join(folder, step[2]));
    case "symlink":
      return symlinkSync(path, join(folder, step[2]));
    case "copy":
      return copyFileSync(path, join(folder, step[2]));
    case "truncate":
      return truncateSync(path, step[2]);
    case "order":
  }
}

function withFile(path: string, how: string, work: (file: number) => void): void {
  const file = openSync(path, how);
  try {
    work(file);
  } finally {
    closeSync(file);
  }
}
