import { parseArgs } from "node:util";
import { benchCommit } from "./commit.ts";
import { benchPay } from "./pay.ts";
import { benchStart } from "./start.ts";
import { benchVerify } from "./verify.ts";

/** Every bench by its name. Each prints one JSON object with a ratio against a limit measured in the same run; some take `--entries N`. */
const benches: Readonly<Record<string, (entries?: number) => Promise<object>>> = {
  commit: () => benchCommit(),
  pay: () => benchPay(),
  start: benchStart,
  verify: benchVerify,
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { entries: { type: "string" } } });
const [name = ""] = positionals;
const entries = values.entries === undefined ? undefined : Number(values.entries);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench === undefined) {
  process.stderr.write(`There is no bench of that name. There are: ${Object.keys(benches).join(", ")}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`${JSON.stringify(await bench(entries))}\n`);
}
