import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listDevices } from "../../devices/list.ts";
import { listSerialPorts } from "../../devices/transport/serial.ts";

test("listing never fails on this machine, whatever it lacks, or `till devices` would be useless where it is needed", async () => {
  const list = await listDevices();
  expect(Array.isArray(list.serialPorts)).toBe(true);
  for (const limit of list.limits) expect(["device.list-limited", "device.hid-unavailable"]).toContain(limit.code);
});

test("a system without libusb or libudev says which Debian packages are missing", async () => {
  const missing = new Error(
    "libusb-1.0.so.0: cannot open shared object file: No such file or directory\nRequire stack:",
  );
  const list = await listDevices(() => Promise.reject(missing));
  expect(list.hidScanners).toEqual([]);
  expect(list.limits).toContainEqual({
    code: "device.hid-unavailable",
    params: {
      packages: "libusb-1.0-0 libudev1",
      system: "libusb-1.0.so.0: cannot open shared object file: No such file or directory",
    },
  });
});

test("HID scanners are known by their usage and not by their maker, or Newland and Opticon would be invisible", async () => {
  const scanner = { vendorId: 0x1eab, productId: 0x22, product: "NLS-HR22", usagePage: 0x8c, usage: 2 };
  const keyboard = { vendorId: 0x0c2e, productId: 0x0b61, product: "Scanner as keyboard", usagePage: 1, usage: 6 };
  const list = await listDevices(() => Promise.resolve({ devicesAsync: () => Promise.resolve([keyboard, scanner]) }));
  expect(list.hidScanners).toEqual([{ vendorId: "1eab", productId: "0022", product: "NLS-HR22" }]);
});

test("where the system cannot list ports, the stable names are used and the limit is said", async () => {
  const folder = await mkdtemp(join(tmpdir(), "suanpan-by-id-"));
  try {
    const port = join(folder, "port");
    await writeFile(port, "");
    await symlink(port, join(folder, "usb-Maker_Scanner-if00"));
    const list = await listSerialPorts(folder);
    const isLimited = list.limits.length > 0;
    // With udev the system's own list is used, in which this invented port cannot be.
    const stable = list.ports.find((found) => found.stablePath === join(folder, "usb-Maker_Scanner-if00"));
    expect(stable === undefined).toBe(!isLimited);
  } finally {
    await rm(folder, { recursive: true });
  }
});
