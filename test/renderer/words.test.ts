import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createIntl } from "@formatjs/intl";
import { expect, test } from "vitest";
import { tillErrorCodes } from "../../main/contract/errors.ts";
import { errorWords, wordsOfFault } from "../../main/contract/words/index.ts";
import { english, type WordKey } from "../../renderer/shared/words/en.ts";
import { pseudoWords } from "../../renderer/shared/words/pseudo.ts";
import { chinese } from "../../renderer/shared/words/zh-cn.ts";

const keys = Object.keys(english) as WordKey[];

/** The names a message asks for; the branches of a plural are not names. */
function placeholders(message: string): string[] {
  return [...new Set([...message.matchAll(/\{(\w+)(?=[,}])/g)].map((found) => found[1] ?? ""))].sort();
}

test.each([
  ["en", english],
  ["zh-CN", chinese],
  ["en", pseudoWords],
])("every text of the pages can be filled (%s)", (locale, messages) => {
  const failures: string[] = [];
  const intl = createIntl({ locale, messages, onError: (error) => failures.push(error.message) });
  for (const key of keys) {
    for (const count of [0, 1, 2, 5]) {
      const values = Object.fromEntries(placeholders(english[key]).map((name) => [name, count]));
      expect(intl.formatMessage({ id: key }, values)).not.toBe("");
    }
  }
  expect(failures).toEqual([]);
});

test("both languages fill the same values, so that no amount or name is missing in one of them", () => {
  for (const key of keys) expect([key, placeholders(chinese[key])]).toEqual([key, placeholders(english[key])]);
});

test("every error has words in both languages, with the same values", () => {
  for (const code of tillErrorCodes) {
    const [one, other] = [errorWords("en")[code], errorWords("zh-CN")[code]];
    for (const part of ["happened", "safe", "todo"] as const) {
      expect(one[part], `${code} ${part}`).toMatch(/\.$/);
      expect(other[part], `${code} ${part}`).toMatch(/。$/);
      expect(placeholders(other[part]), code).toEqual(placeholders(one[part]));
    }
  }
});

test("a fault that lacks a value, or has a very long one, still reads as a sentence", () => {
  expect(wordsOfFault({ code: "scan.unknown-code", params: {} }, "en").happened).toBe("No goods have the code –.");
  const long = wordsOfFault({ code: "scan.unknown-code", params: { text: "9".repeat(500) } }, "en").happened;
  expect(long.length).toBeLessThan(80);
});

test("shop owners read no programmers' words, no excuses and no shouting", () => {
  const forbidden =
    /\b(sorry|oops|token|time-?out|exception|invalid|failed|please|null|undefined|sync engine)\b|!|\bwe\b/i;
  const texts = [...Object.values(errorWords("en")).flatMap((each) => Object.values(each)), ...Object.values(english)];
  expect(texts.filter((text) => forbidden.test(text))).toEqual([]);
  const forbiddenChinese = /抱歉|对不起|令牌|超时|异常|！|我们/;
  const chineseTexts = [
    ...Object.values(errorWords("zh-CN")).flatMap((each) => Object.values(each)),
    ...Object.values(chinese),
  ];
  expect(chineseTexts.filter((text) => forbiddenChinese.test(text))).toEqual([]);
});

test("every text is used: a translator is not asked for words that nobody reads", () => {
  const root = join(import.meta.dirname, "../../renderer");
  const source = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes("words/") && !file.startsWith("dist"))
    .map((file) => readFileSync(join(root, file), "utf8"))
    .join("\n");
  expect(keys.filter((key) => !source.includes(`"${key}"`))).toEqual([]);
});
