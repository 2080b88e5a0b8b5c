import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { ChildError, startChild } from "../../main/child.ts";

/** A process of the product, written for one test. */
function script(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "suanpan-child-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "child.mjs");
  writeFileSync(file, text);
  return pathToFileURL(file).href;
}

async function errorOf(entry: string): Promise<ChildError> {
  const error: unknown = await startChild(entry, []).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ChildError);
  return error as ChildError;
}

test("a process is there once it says so, and hears when it is to end", async () => {
  const entry = script(`
    process.on("SIGTERM", () => process.exit(0));
    process.on("disconnect", () => process.exit(0));
    process.send({ other: 1 });
    process.send({ ready: true, parameters: process.argv.slice(2), word: process.env.WORD });
    setInterval(() => {}, 1000);
  `);
  const child = await startChild<{ parameters: string[]; word: string }>(entry, ["a", "b c"], {
    environment: { WORD: "w" },
  });
  expect(child.ready).toMatchObject({ parameters: ["a", "b c"], word: "w" });
  await child.stop();
  expect(await child.ended).toBe(0);
  await child.stop();
});

test("one that ends first is an error in its own words, without the lines of its log", async () => {
  const said = await errorOf(
    script(`console.error('{"level":40}'); console.error("The port 1 is taken."); process.exitCode = 3;`),
  );
  expect([said.words, said.exitCode]).toEqual(["The port 1 is taken.", 3]);
  const silent = await errorOf(script("process.exit(0)"));
  expect(silent.words).toMatch(/ended with code 0/);
  expect(silent.exitCode).toBe(1);
});

test("one that talks without end does not fill the starter's memory", async () => {
  const entry = script(`
    const line = "x".repeat(1000) + "\\n";
    for (let index = 0; index < 2000; index += 1) process.stderr.write(line);
    process.stderr.write("The last word.\\n", () => process.exit(1));
  `);
  const error = await errorOf(entry);
  expect(error.words.length).toBeLessThanOrEqual(4000);
  expect(error.words).toContain("The last word.");
});

test("ended as by a power cut, it is gone at once and its end is reported", async () => {
  const child = await startChild(
    script(`process.on("SIGTERM", () => {}); process.send({ ready: true }); setInterval(() => {}, 1000);`),
    [],
  );
  await child.kill();
  expect(await child.ended).toBe(1);
});
