import { buildRenderer, rendererIsStale } from "../../main/build.ts";

/** Runs once before all tests: the pages that the browser tests open are those of the sources at hand. */
export async function setup(): Promise<void> {
  if (!rendererIsStale()) return;
  try {
    await buildRenderer();
  } catch (error) {
    if (process.env["SUANPAN_OLD_PAGES"] !== "1") throw error;
    process.stderr.write(`The pages could not be built; the old ones are used: ${String(error)}\n`);
  }
}
