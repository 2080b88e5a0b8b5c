import { readdirSync, readFileSync } from "node:fs";

/** Processes of this machine whose command line names the folder; none where the system does not tell. */
export function processesOn(folder: string): string[] {
  if (process.platform !== "linux") return [];
  const found = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const line = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
      if (line.includes(folder)) found.push(line);
    } catch (error) {
      // It ended between the listing and the look.
      if (!["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }
  return found;
}
