import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";

/** The folder of test data that the project's authors did not write, or null on a machine that does not have it. */
function vectorsFolder(): string | null {
  const folder = fileURLToPath(new URL("../../../shared/vectors", import.meta.url));
  return existsSync(folder) ? folder : null;
}

/**
 * Like `describe`, for tests over one set of that data (a sub-folder, for example `cose`). Where the set is absent, one
 * test of that name is skipped and says why.
 */
export function describeWithVectors(name: string, set: string, body: (folder: string) => void): void {
  const root = vectorsFolder();
  const folder = root === null ? null : join(root, set);
  if (folder !== null && existsSync(folder)) {
    describe(name, () => body(folder));
  } else {
    test(name, (context) => context.skip(`../shared/vectors/${set} is not on this machine`));
  }
}

/** The files of a set whose name ends so, in its sub-folders too, as paths from the set's folder in a stable order. */
export function vectorFiles(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .toSorted();
}

/** A JSON file of a set. What it holds is for the caller to check. */
export function readVector(folder: string, file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), "utf8"));
}
