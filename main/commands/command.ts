/** One command of the command line. `run` resolves with the exit code. */
export type Command = { usage: string; does: string; run(typed: readonly string[]): Promise<number> };

/** Every command takes `--json`: one JSON object on standard output and nothing else there. */
export const jsonOption = { json: { type: "boolean" } } as const;

/** Prints what a command found: as one JSON object, or as lines for a person. */
export function print(json: boolean, value: unknown, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${lines.join("\n")}\n`);
}
