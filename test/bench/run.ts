import { benchCommit } from "./commit.ts";
import { benchStart } from "./start.ts";
import { benchVerify } from "./verify.ts";

/** Every bench by its name. Each prints one JSON object with a ratio against a limit measured in the same run. */
const benches: Readonly<Record<string, () => Promise<object>>> = {
  commit: () => benchCommit(),
  start: benchStart,
  verify: () => benchVerify(),
};

const name = process.argv[2] ?? "";
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench === undefined) {
  process.stderr.write(`There is no bench of that name. There are: ${Object.keys(benches).join(", ")}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`${JSON.stringify(await bench())}\n`);
}
