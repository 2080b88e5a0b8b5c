import { listDevices, type DeviceList } from "../../devices/list.ts";
import { readArguments } from "../arguments.ts";
import { TillError } from "../contract/errors.ts";
import { sentenceOf } from "../sentence.ts";
import { jsonOption, print, type Command } from "./command.ts";

/** `till devices`: what is plugged in, and what stands in the way of seeing more. */
export const devices: Command = {
  usage: "devices [--json]",
  does: "lists serial ports and scanners, and what keeps the till from seeing more",
  async run(typed) {
    const { values } = readArguments(typed, jsonOption);
    const found = await listDevices();
    print(values["json"] === true, found, describe(found));
    return 0;
  },
};

function describe({ serialPorts, hidScanners, limits }: DeviceList): string[] {
  const lines = [
    ...serialPorts.map((port) => `Serial port  ${port.path}  ${port.manufacturer ?? ""}`.trimEnd()),
    ...hidScanners.map((scanner) =>
      `Scanner      ${scanner.product ?? "HID POS"}  ${scanner.manufacturer ?? ""}`.trimEnd(),
    ),
  ];
  if (lines.length === 0) lines.push("No serial port and no scanner was found.");
  return [...lines, ...limits.map(({ code, params }) => sentenceOf(new TillError(code, params)))];
}
