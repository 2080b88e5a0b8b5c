import { expect, test } from "vitest";
import { readSourceFiles, specifiersOf, targetOf, withoutComments, type SourceFile } from "./source-files.ts";

/**
 * The rules of who may import whom, read off every import of every file. The linter says the same while one writes; this
 * also sees dynamic imports and workers. A wrong import here is a window that opens the ledger by itself, or a platform
 * that only works beside our till.
 */
const files = readSourceFiles();

/** For each folder what it may import of ours besides itself. The first folder that a path lies in rules. */
const rules: readonly { folder: string; may: readonly string[] }[] = [
  { folder: "sync/protocol/", may: [] },
  { folder: "sync/", may: ["sync/protocol/"] },
  { folder: "devices/", may: [] },
  { folder: "platform/", may: ["sync/protocol/"] },
  { folder: "renderer/", may: ["main/contract/", "sync/protocol/", "devices/camera/decode"] },
  { folder: "main/sale/", may: ["sync/protocol/", "main/contract/errors.ts"] },
  { folder: "main/contract/", may: ["sync/protocol/", "sync/errors.ts", "devices/errors.ts"] },
  // Whoever verifies a ledger shares nothing with what wrote it: the same mistake would then be made twice.
  { folder: "main/ledger/verify/", may: ["main/contract/errors.ts"] },
  { folder: "main/", may: ["devices/", "sync/"] },
  { folder: "test/", may: ["main/", "devices/", "sync/", "platform/", "renderer/"] },
];

/** Starting a process of ours is no import: the two meet over HTTP and over their start and end. */
const startsProcesses: ReadonlySet<string> = new Set(["main/start.ts", "main/child.ts"]);

const knowsElectron: ReadonlySet<string> = new Set(["main/host/electron.ts", "main/host/preload.ts"]);

function importsOf(file: SourceFile): { specifier: string; target: string | null }[] {
  return specifiersOf(file).map((specifier) => ({ specifier, target: targetOf(file, specifier) }));
}

test("each room imports only what the plan of the house lets it", () => {
  const wrong: string[] = [];
  for (const file of files) {
    const rule = rules.find(({ folder }) => file.path.startsWith(folder));
    expect(rule, `no rule for ${file.path}`).toBeDefined();
    if (rule === undefined || startsProcesses.has(file.path)) continue;
    for (const { target } of importsOf(file)) {
      // The version stands in package.json and nowhere else.
      if (target === null || target.startsWith(rule.folder) || target === "package.json") continue;
      if (!rule.may.some((allowed) => target.startsWith(allowed))) wrong.push(`${file.path} imports ${target}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("nothing of ours imports in a circle", () => {
  const targets = new Map(files.map((file) => [file.path, importsOf(file).flatMap(({ target }) => target ?? [])]));
  expect(findCircle(targets)).toBeNull();
});

test("the check for circles finds one", () => {
  const targets = new Map([
    ["a", ["b"]],
    ["b", ["c", "d"]],
    ["c", []],
    ["d", ["b"]],
  ]);
  expect(findCircle(targets)).toEqual(["b", "d", "b"]);
});

test("only the shell and its preload know Electron", () => {
  const others = files.filter((file) => !knowsElectron.has(file.path) && !file.path.startsWith("test/"));
  const wrong = others.filter((file) => specifiersOf(file).some((name) => /^electron(\/|$)/.test(name)));
  expect(wrong.map((file) => file.path)).toEqual([]);
});

test("a sale is pure: no clock, no chance, no disk, no network, no device", () => {
  const effects = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.|\bprocess\.|\bfetch\(|\bsetTimeout\b/;
  const wrong: string[] = [];
  for (const file of files.filter(({ path }) => path.startsWith("main/sale/"))) {
    for (const specifier of specifiersOf(file)) {
      const isPure =
        specifier.startsWith(".") || /^(node:assert(\/strict)?|zod|dinero\.js(\/bigint)?)$/.test(specifier);
      if (!isPure) wrong.push(`${file.path} imports ${specifier}`);
    }
    const effect = effects.exec(withoutComments(file.text));
    if (effect !== null) wrong.push(`${file.path} uses ${effect[0]}`);
  }
  expect(wrong).toEqual([]);
});

test("the language of the protocol and the pages' share of the contract also run in a browser", () => {
  const shared = files.filter(({ path }) => path.startsWith("sync/protocol/") || path.startsWith("main/contract/"));
  const wrong = shared.filter(
    // What writes the OpenAPI document is a script of Node beside the protocol and no part of it.
    (file) =>
      file.path !== "sync/protocol/write-openapi.ts" && specifiersOf(file).some((name) => name.startsWith("node:")),
  );
  expect(wrong.map((file) => file.path)).toEqual([]);
});

test("every import of ours names a file that is there, with its ending", () => {
  const paths = new Set(files.map((file) => file.path));
  // This file's own examples name files that are nowhere.
  const others = files.filter((file) => file.path !== "test/architecture/imports.test.ts");
  const wrong = others.flatMap((file) =>
    importsOf(file)
      .filter(({ target }) => target !== null && /\.tsx?$/.test(target) && !paths.has(target))
      .map(({ target }) => `${file.path} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("the reader of imports sees every kind and no comment", () => {
  const text = [
    'import { a } from "./a.ts";',
    "import type { b } from './b.ts';",
    'import "./c.css";',
    'export { d } from "./d.ts";',
    'const e = await import("./e.ts");',
    'new Worker(new URL("./f.ts", import.meta.url));',
    '// import { g } from "./g.ts";',
    '/* import { h } from "./h.ts"; */',
    'const address = "http://example.org"; import { i } from "./i.ts";',
  ].join("\n");
  const found = specifiersOf({ path: "x.ts", text }).toSorted();
  expect(found).toEqual(["./a.ts", "./b.ts", "./c.css", "./d.ts", "./e.ts", "./f.ts", "./i.ts"]);
});

function findCircle(targets: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  function visit(path: string, way: readonly string[]): string[] | null {
    const at = way.indexOf(path);
    if (at !== -1) return [...way.slice(at), path];
    if (done.has(path)) return null;
    for (const target of targets.get(path) ?? []) {
      const circle = visit(target, [...way, path]);
      if (circle !== null) return circle;
    }
    done.add(path);
    return null;
  }
  for (const path of targets.keys()) {
    const circle = visit(path, []);
    if (circle !== null) return circle;
  }
  return null;
}
