import { systemCodeOf } from "./errors.ts";
import type { DeviceReason } from "./errors.ts";
import { listSerialPorts } from "./transport/serial.ts";
import type { SerialPortFound } from "./transport/serial.ts";

/** A USB scanner in HID-POS mode. */
interface HidScannerFound {
  /** Four hex digits, as the system's own tools write them. */
  vendorId: string;
  productId: string;
  product?: string;
  manufacturer?: string;
  serialNumber?: string;
}

/** What is plugged in, and why the list may be incomplete. */
export interface DeviceList {
  serialPorts: SerialPortFound[];
  hidScanners: HidScannerFound[];
  limits: DeviceReason[];
}

/** The part of node-hid that is used here. */
export interface HidModule {
  devicesAsync(): Promise<
    {
      vendorId: number;
      productId: number;
      product?: string | undefined;
      manufacturer?: string | undefined;
      serialNumber?: string | undefined;
      usagePage?: number | undefined;
      usage?: number | undefined;
    }[]
  >;
}

/** USB HID usage tables: bar code scanner page and the scanner usage in it. Vendor numbers alone miss whole makers. */
const scannerUsagePage = 0x8c;
const scannerUsage = 0x02;
/** What node-hid needs at run time on Debian. */
const hidPackages = "libusb-1.0-0 libudev1";

/**
 * What is plugged into this machine. Never fails: a system that cannot list one kind says so in `limits`, and the other
 * kind is listed all the same.
 */
export async function listDevices(loadHid: () => Promise<HidModule> = () => import("node-hid")): Promise<DeviceList> {
  const [serial, hid] = await Promise.all([listSerialPorts(), listHidScanners(loadHid)]);
  return { serialPorts: serial.ports, hidScanners: hid.scanners, limits: [...serial.limits, ...hid.limits] };
}

async function listHidScanners(
  loadHid: () => Promise<HidModule>,
): Promise<{ scanners: HidScannerFound[]; limits: DeviceReason[] }> {
  try {
    const found = await (await loadHid()).devicesAsync();
    const scanners = found.filter((device) => device.usagePage === scannerUsagePage && device.usage === scannerUsage);
    return { scanners: scanners.map(describeScanner), limits: [] };
  } catch (error) {
    // Only the first line: the loader's message repeats its whole search path.
    const system = systemCodeOf(error).split("\n")[0] ?? "";
    return { scanners: [], limits: [{ code: "device.hid-unavailable", params: { packages: hidPackages, system } }] };
  }
}

function describeScanner(device: Awaited<ReturnType<HidModule["devicesAsync"]>>[number]): HidScannerFound {
  return {
    vendorId: device.vendorId.toString(16).padStart(4, "0"),
    productId: device.productId.toString(16).padStart(4, "0"),
    ...(device.product === undefined ? {} : { product: device.product }),
    ...(device.manufacturer === undefined ? {} : { manufacturer: device.manufacturer }),
    ...(device.serialNumber === undefined ? {} : { serialNumber: device.serialNumber }),
  };
}
