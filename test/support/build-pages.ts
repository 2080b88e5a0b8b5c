import { buildRenderer, rendererIsStale } from "../../main/build.ts";

/** Runs once before all tests: the pages that the browser tests open are those of the sources at hand. */
export async function setup(): Promise<void> {
  if (rendererIsStale()) await buildRenderer();
}
