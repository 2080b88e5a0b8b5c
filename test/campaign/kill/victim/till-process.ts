import { flushCompileCache } from "node:module";
import type { Plan } from "../wire.ts";
import { serveNursery } from "./nursery-process.ts";
import { hook, runVictim } from "./victim.ts";

/**
 * A till that is to be killed, in a process of its own, with its plan as the argument; or, with the add-on's file as the
 * argument, the process that tills are forked from.
 */
const [argument = ""] = process.argv.slice(2);
hook();
if (argument.endsWith(".node")) serveNursery(argument);
else {
  await runVictim(JSON.parse(argument) as Plan, {
    readFrom: 0,
    writeTo: 1,
    kill: () => void process.kill(process.pid, "SIGKILL"),
    over(code) {
      // What was compiled until now need not be compiled by the next one.
      flushCompileCache();
      process.exit(code);
    },
  });
}
