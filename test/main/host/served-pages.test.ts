import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readTillOptions } from "../../../main/host/till-options.ts";
import { servedPages } from "../../../main/host/served-pages.ts";

// A kiosk stands where anybody can reach it: it must never serve the page from which a cashier sells.
test("a till serves its three pages and a kiosk its two, as far as they were built", () => {
  const folder = mkdtempSync(join(tmpdir(), "suanpan-pages-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  expect(servedPages("till", folder)).toEqual(["cashier"]);
  expect(servedPages("kiosk", folder)).toEqual(["kiosk"]);
  for (const page of ["cashier", "manager", "customer", "kiosk", "wallet"]) {
    mkdirSync(join(folder, page));
    writeFileSync(join(folder, page, "index.html"), "");
  }
  expect(servedPages("till", folder)).toEqual(["cashier", "manager", "customer"]);
  expect(servedPages("kiosk", folder)).toEqual(["kiosk", "manager"]);
});

test("a till is a till unless it is told to be a kiosk, and anything else is refused", () => {
  const typed = ["--platform", "http://127.0.0.1:1"];
  expect(readTillOptions(typed).options.mode).toBe("till");
  expect(readTillOptions([...typed, "--mode", "kiosk"]).options.mode).toBe("kiosk");
  expect(() => readTillOptions([...typed, "--mode", "manager"])).toThrow(
    expect.objectContaining({ code: "command.invalid", params: { detail: "--mode manager" } }),
  );
});
