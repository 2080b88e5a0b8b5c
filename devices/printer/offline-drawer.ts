import type { Clock } from "../clock.ts";
import { DeviceError } from "../errors.ts";
import type { DrawerPin } from "./document.ts";
import { describePrinterError, failedBeforeSending, unknownAfterSending } from "./print-result.ts";
import type { PrintResult } from "./print-result.ts";
import type { PrinterLine } from "./printer-line.ts";

/**
 * Opens the drawer of a printer that is out of paper or has its cover open, with `DLE DC4` function 1 (m 0 or 1, t 1 for
 * 100 ms). The buffered command would wait for paper and then open the drawer in front of nobody.
 */
export async function pulseOffline(line: PrinterLine, id: string, pin: DrawerPin, clock: Clock): Promise<PrintResult> {
  const progress = { sentBytes: 0 };
  try {
    await line.send(Uint8Array.of(0x10, 0x14, 0x01, pin === 2 ? 0 : 1, 0x01), progress);
    const answered = await line.ask(1);
    if (!answered) return unknownAfterSending(id, { code: "printer.no-answer", params: {} }, clock.now());
    const evidence = { kind: "clean-status" as const, detail: "DLE EOT 1 answered after DLE DC4 1", at: clock.now() };
    return { id, state: "probably", evidence, bytesLeft: true };
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    const reason = describePrinterError(error);
    const nothingLeft = progress.sentBytes === 0 && error.code === "device.closed";
    return nothingLeft ? failedBeforeSending(id, reason, clock.now()) : unknownAfterSending(id, reason, clock.now());
  }
}
