import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { normalize } from "node:path/posix";

/** The top of the repository. */
const root = join(import.meta.dirname, "../..");

/** The folders that hold our sources. */
const sourceFolders = ["main", "devices", "sync", "platform", "renderer", "test"] as const;

const notOurs: ReadonlySet<string> = new Set(["node_modules", "dist", "build"]);

/** One source file: its path from the top with forward slashes, and its text. */
export type SourceFile = { path: string; text: string };

/** Every TypeScript file of ours. */
export function readSourceFiles(): SourceFile[] {
  const files = sourceFolders.flatMap((folder) => list(join(root, folder)));
  return files
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path: relative(root, path).replaceAll("\\", "/"), text: readFileSync(path, "utf8") }));
}

function list(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : list(join(folder, entry.name));
    return [join(folder, entry.name)];
  });
}

// A specifier after `from`, after a bare `import`, in `import(…)`, or in a worker's or a file's `new URL("./…", import…)`.
const specifierPatterns = [
  /\bfrom\s*(["'])([^"'\n]+)\1/g,
  /\bimport\s*(["'])([^"'\n]+)\1/g,
  /\bimport\s*\(\s*(["'`])([^"'`\n]+)\1/g,
  /\bnew\s+URL\(\s*(["'])(\.[^"'\n]+\.tsx?)\1\s*,\s*import\.meta\.url/g,
];

/** Everything that a file imports, as it is written there: values, types, dynamic imports and workers. */
export function specifiersOf({ text }: SourceFile): string[] {
  const code = withoutComments(text);
  return specifierPatterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[2] ?? ""));
}

/** The file of ours that a specifier leads to, or null for a package. */
export function targetOf(file: SourceFile, specifier: string): string | null {
  return specifier.startsWith(".") ? normalize(`${dirname(file.path)}/${specifier}`) : null;
}

/**
 * The text without its comments. Strings and templates are passed over whole, so that an address in one is no comment; a
 * comment marker in a regular expression would be taken for one, which hides no import.
 */
export function withoutComments(text: string): string {
  return text.replaceAll(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\*[\s\S]*?\*\/|(^|[\s;{}(,])\/\/[^\n]*/g,
    (...parts) => {
      const [, quoted, before] = parts as (string | undefined)[];
      return quoted ?? before ?? "";
    },
  );
}
