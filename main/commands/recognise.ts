import { readArguments } from "../arguments.ts";
import { TillError } from "../contract/errors.ts";
import { recognise } from "../payment/recognise.ts";
import { jsonOption, print, type Command } from "./command.ts";

/** `till recognise`: what a scanned code is, and why not. */
export const recogniseCode: Command = {
  usage: "recognise CODE [--json]",
  does: "says what a scanned code is",
  run(typed) {
    const { values, words } = readArguments(typed, jsonOption);
    const [text, ...more] = words;
    if (text === undefined || more.length > 0) throw new TillError("command.invalid", { detail: "one code is needed" });
    const found = recognise({ text });
    const fields = Object.entries(found.fields).map(([name, value]) => `${name} ${String(value).slice(0, 200)}`);
    print(values["json"] === true, found, [found.kind, ...fields, ...(found.reason === null ? [] : [found.reason])]);
    return Promise.resolve(found.kind === "unknown" ? 1 : 0);
  },
};
