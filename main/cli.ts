import "./node-version.cjs";
import { commands } from "./commands/index.ts";
import { TillError } from "./contract/errors.ts";
import { sentenceOf } from "./sentence.ts";

const [name = "help", ...typed] = process.argv.slice(2);

try {
  const asked = name === "--help" ? "help" : name;
  const command = Object.hasOwn(commands, asked) ? commands[asked] : undefined;
  if (command === undefined) throw new TillError("command.invalid", { detail: name });
  if (typed.includes("--help")) process.stdout.write(`npm run -s till -- ${command.usage}\n  ${command.does}\n`);
  else process.exitCode = await command.run(typed);
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}
// Connections that a library keeps alive must not keep a finished command from ending.
process.exit();
