import { closeSync, fsyncSync, openSync } from "node:fs";

/** Makes the names of new and renamed files durable. Windows has no such call and does not need it. */
export function flushFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
