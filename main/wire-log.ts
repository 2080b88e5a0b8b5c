import type { Logger } from "pino";
import type { Contract } from "./contract/methods.ts";
import type { ServeOptions } from "./contract/serve.ts";

/**
 * Writes down what a wire refused: each cause once as a warning, so that a page that keeps trying cannot fill the log, and
 * after that only for whoever looks closely. Calls that failed are the pages' to show. Contents are never written.
 */
export function createWireLog(log: Logger): ServeOptions<Contract>["log"] {
  const told = new Set<string>();
  return ({ kind, fault, method, cause }) => {
    const isNew = kind === "refused" && !told.has(fault.code);
    if (isNew) told.add(fault.code);
    log[isNew ? "warn" : "debug"]({ kind, code: fault.code, method, err: cause }, "wire");
  };
}
