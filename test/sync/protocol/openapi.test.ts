import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { paths } from "../../../sync/protocol/api.ts";
import { operatorPaths } from "../../../sync/protocol/operator-api.ts";
import { walletPaths } from "../../../sync/protocol/wallet-api.ts";
import { openApiDocument, openApiText } from "../../../sync/protocol/openapi.ts";

describe("the protocol's document", () => {
  test("docs/openapi.json is what the schemas say; `node sync/protocol/write-openapi.ts` writes it anew", () => {
    const stored = readFileSync(new URL("../../../docs/openapi.json", import.meta.url), "utf8");
    expect(stored === openApiText(), "docs/openapi.json is out of date").toBe(true);
  });

  test("describes every path of the protocol, so that another platform can be built from it", () => {
    const described = openApiDocument()["paths"] as Record<string, Record<string, unknown>>;
    const { demoShoppers: _, demoSession: __, ...ofPhones } = walletPaths;
    const every = [paths, ofPhones, operatorPaths].flatMap((each) => Object.values<string>(each));
    expect(Object.keys(described).toSorted()).toEqual(every.toSorted());
    expect(Object.entries(described).map(([path, methods]) => [path, Object.keys(methods)])).toContainEqual([
      paths.entries,
      ["post", "get"],
    ]);
    for (const [path, methods] of Object.entries(described)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      for (const operation of Object.values(methods)) {
        const parameters = ((operation as { parameters?: unknown }).parameters ?? []) as { name: string; in: string }[];
        expect(parameters.filter((one) => one.in === "path").map((one) => one.name)).toEqual(names);
      }
    }
  });

  test("refers to nothing that it does not have, and names no place outside of itself", () => {
    const document = openApiDocument();
    for (const reference of referencesIn(document)) {
      const found = reference
        .replace(/^#\//, "")
        .split("/")
        .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], document);
      expect(found, reference).toBeDefined();
    }
    expect(JSON.stringify(document)).not.toMatch(/"\$(?:id|schema|defs)"/);
  });
});

function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === "$ref" && typeof member === "string" ? [member] : referencesIn(member),
  );
}
