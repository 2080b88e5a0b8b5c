import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ShopPage } from "../contract/counter.ts";

/** An address as it is printed for a person. */
export type Address = { name: string; address: string };

/** What the parts of the shop have said about their pages. The kiosk's are missing where there is none. */
export type ShopParts = {
  till: { pages: Record<string, string> };
  kiosk: { pages: Record<string, string> } | null;
  platform: { url: string; operatorToken: string };
};

const renderer = new URL("../../renderer/dist/", import.meta.url);

/** Every page of the shop, with what lets a person in. */
export function pagesOf({ till, kiosk, platform }: ShopParts): ShopPage[] {
  const pages: [ShopPage["name"], string | undefined][] = [
    ["cashier", till.pages["cashier"]],
    ["kiosk", kiosk?.pages["kiosk"]],
    ["manager", till.pages["manager"]],
    ["kiosk-manager", kiosk?.pages["manager"]],
    ["customer", till.pages["customer"]],
    ["wallet", isBuilt("wallet") ? `${platform.url}/wallet/` : undefined],
    ["console", isBuilt("console") ? `${platform.url}/console/#token=${platform.operatorToken}` : undefined],
  ];
  return pages.flatMap(([name, url]) => (url === undefined ? [] : [{ name, url }]));
}

/** Names of the pages as they are printed; a kiosk's manager is reached from the counter. */
const printedNames: Readonly<Partial<Record<ShopPage["name"], string>>> = {
  cashier: "Till",
  kiosk: "Kiosk",
  manager: "Manager",
  customer: "Customer display",
  wallet: "Phone",
  console: "Console",
};

/** The pages as they are printed, in the same order. */
export function printed(pages: readonly ShopPage[]): Address[] {
  return pages.flatMap(({ name, url }) => {
    const printedName = printedNames[name];
    return printedName === undefined ? [] : [{ name: printedName, address: url }];
  });
}

function isBuilt(page: string): boolean {
  return existsSync(fileURLToPath(new URL(`${page}/index.html`, renderer)));
}
