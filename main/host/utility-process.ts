import { openHostedTill } from "./hosted-till.ts";
import { openLocalSocket } from "./local-socket.ts";
import { readTillOptions } from "./till-options.ts";
import { runUtility, type ParentPort } from "./utility.ts";

// Plain Node has no parent port; Electron gives one to every utility process.
const parentPort = (process as { parentPort?: ParentPort }).parentPort;
if (parentPort === undefined) throw new Error("This process is started by Electron");

// An unhandled rejection only warns in a utility process of Electron. Under either host it ends the till at once, and
// the ledger says what was in flight.
process.on("unhandledRejection", (error) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(70);
});

await runUtility({
  parentPort,
  async open() {
    const { options } = readTillOptions(process.argv.slice(2));
    const till = await openHostedTill(options);
    const tools = till.serve(() => null);
    const socket = await openLocalSocket(options.folder, tools.attachAs("tool"));
    return {
      ...till,
      async close() {
        tools.close();
        await socket.close();
        await till.close();
      },
    };
  },
  exit: (code) => process.exit(code),
  log: (words) => process.stderr.write(`${words}\n`),
});
