import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { readAddress, readArguments, readPort, readText } from "../../main/arguments.ts";
import { defaultDataFolder, prepareDataFolder } from "../../main/data-folder.ts";
import { codeThrownBy, temporaryFolder } from "./ledger/support.ts";
import { chmodSync, statSync, writeFileSync } from "node:fs";

test("ports are whole numbers that exist, and port 0 asks for any", () => {
  expect([readPort("port", undefined, 7), readPort("port", "0", 7), readPort("port", "65535", 7)]).toEqual([
    7, 0, 65_535,
  ]);
  for (const text of ["", "-1", "1.5", "65536", "0x10", " 80", "1e3", "999999", true]) {
    expect(
      codeThrownBy(() => readPort("port", text, 7)),
      String(text),
    ).toBe("command.invalid");
  }
});

test("an address is a host and a port, of IPv6 too", () => {
  expect(readAddress("printer", "127.0.0.1:9100")).toEqual({ host: "127.0.0.1", port: 9100 });
  expect(readAddress("printer", "::1:9100")).toEqual({ host: "::1", port: 9100 });
  for (const text of ["", "host", ":9100", "host:", "host:99999", "host:x"]) {
    expect(
      codeThrownBy(() => readAddress("printer", text)),
      text,
    ).toBe("command.invalid");
  }
});

test("an option that does not exist, or lacks its value, is refused and not passed over", () => {
  const options = { data: { type: "string" }, json: { type: "boolean" } } as const;
  expect(readArguments(["--json", "a", "--data", "b"], options)).toMatchObject({
    values: { json: true, data: "b" },
    words: ["a"],
  });
  for (const typed of [["--dta", "x"], ["--data"], ["--json=yes"], ["-x"]]) {
    expect(
      codeThrownBy(() => readArguments(typed, options)),
      typed.join(" "),
    ).toBe("command.invalid");
  }
  expect([readText("x"), readText(true), readText(undefined)]).toEqual(["x", undefined, undefined]);
});

test("data lie where the user's other data lie, or where the environment says", () => {
  expect(defaultDataFolder({ SUANPAN_DATA: "shop" }, "linux")).toBe(resolve("shop"));
  expect(defaultDataFolder({ XDG_DATA_HOME: "/x" }, "linux")).toBe("/x/suanpan");
  expect(defaultDataFolder({}, "linux")).toBe(join(homedir(), ".local", "share", "suanpan"));
  expect(defaultDataFolder({ SUANPAN_DATA: "" }, "darwin")).toBe(
    join(homedir(), "Library", "Application Support", "Suanpan"),
  );
  expect(defaultDataFolder({ LOCALAPPDATA: "/l" }, "win32")).toBe(join("/l", "Suanpan"));
});

test("a new data folder is its owner's alone, because the till's keys lie in it", () => {
  const folder = prepareDataFolder(join(temporaryFolder(), "a", "b"));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(prepareDataFolder(folder)).toBe(folder);
  writeFileSync(join(folder, "file"), "");
  expect(codeThrownBy(() => prepareDataFolder(join(folder, "file")))).toBe("folder.not-writable");
  expect(codeThrownBy(() => prepareDataFolder(join(folder, "file", "below")))).toBe("folder.not-writable");
});

test.skipIf(process.getuid?.() === 0)("a folder that may only be read is refused before anything is changed", () => {
  const folder = prepareDataFolder(join(temporaryFolder(), "read-only"));
  chmodSync(folder, 0o500);
  expect(codeThrownBy(() => prepareDataFolder(folder))).toBe("folder.not-writable");
});
