import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";

const root = join(import.meta.dirname, "..", "..");

/** What a process left behind. */
export type Ran = { code: number | null; out: string; err: string };

/** A process of the product that runs. */
export type Running = {
  child: ChildProcessByStdio<null, Readable, Readable>;
  ended: Promise<Ran>;
  out(): string;
  err(): string;
};

/** Starts one of the product's entry points as npm does, with the guard against an old Node before it. */
export function startNode(entry: string, typed: readonly string[], environment: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, ["--require", "./main/node-version.cjs", entry, ...typed], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, out, err }));
  return { child, ended, out: () => out, err: () => err };
}

/** Runs `till COMMAND` to its end. */
export function runTill(...typed: readonly string[]): Promise<Ran> {
  return startNode("main/cli.ts", typed).ended;
}

/** One sentence or a few on one line, as a person at a terminal can use it: no stack, no object, nothing on standard output. */
export const oneClearSentence = /^(?!.*(?: at .*:\d+|Error:|\{|undefined|\[object))[A-Z][^\n]{10,400}\n$/;
