import { expect, test } from "vitest";
import { readSourceFiles, withoutComments } from "./source-files.ts";

/** What every file looks like, so that a newcomer finds what they look for and reads it in one go. */
const files = readSourceFiles();

const maximumLines = 400;

/** Files that hold nothing but data or words may be longer. */
const dataPattern = /(^|\/)(words|data|goods|vectors)\//;

/** Vite's and Vitest's configuration has to be a default export. */
const configPattern = /(^|\/)(vite|vitest)\.config\.ts$/;

function wrongFiles(isWrong: (file: { path: string; text: string }) => boolean): string[] {
  return files.filter(isWrong).map((file) => file.path);
}

test("file and folder names are in kebab-case", () => {
  const part = /^[a-z0-9]+(-[a-z0-9]+)*$/;
  const name = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d|module))?\.tsx?$/;
  const wrong = wrongFiles(({ path }) => {
    const parts = path.split("/");
    return !name.test(parts.pop() ?? "") || !parts.every((folder) => part.test(folder));
  });
  expect(wrong).toEqual([]);
});

test(`no file is longer than ${maximumLines} lines`, () => {
  const wrong = wrongFiles(({ path, text }) => !dataPattern.test(path) && text.split("\n").length - 1 > maximumLines);
  expect(wrong).toEqual([]);
});

test("nothing is a default export: a name is the same wherever it is used", () => {
  const wrong = wrongFiles(
    ({ path, text }) =>
      !configPattern.test(path) && /^export default\b|^export \{[^}]*\bas default\b/m.test(withoutComments(text)),
  );
  expect(wrong).toEqual([]);
});

test("nothing is left for later: no open ends in comments, no switched-off checks, no test that alone runs", () => {
  // Each word has a class of one letter in it, so that this file does not find itself.
  const openEnd = /\b(T[O]DO|FIX[M]E|X{3}:)|@ts-(ig[n]ore|nochec[k])|\b(test|describe|it)\.onl[y]\(/;
  expect(wrongFiles(({ text }) => openEnd.test(text))).toEqual([]);
});

test("every exported function and type says in a docstring what it promises", () => {
  const exported = /^export (?:declare )?(?:async )?(?:function|class|type|interface|const) \w+/;
  const wrong = files
    .filter(({ path }) => !path.startsWith("test/") && !configPattern.test(path))
    .flatMap(({ path, text }) => {
      const lines = text.split("\n");
      return lines.flatMap((line, index) => {
        const before = lines[index - 1]?.trim() ?? "";
        // An overload or an attribute line may stand between; a docstring ends right above otherwise.
        return exported.test(line) && !before.endsWith("*/") && !before.startsWith("export function")
          ? [`${path}:${index + 1} ${line.slice(0, 60)}`]
          : [];
      });
    });
  expect(wrong).toEqual([]);
});
