import { config } from "zod";

/**
 * Zod compiles its schemas with `new Function` where it may. The pages run under a content policy that forbids that and
 * reports even the attempt, so schemas are interpreted. This module has to be imported before any schema is made.
 */
config({ jitless: true });

/** Whether schemas that are made now are interpreted. */
export function schemasAreInterpreted(): boolean {
  return config().jitless === true;
}
