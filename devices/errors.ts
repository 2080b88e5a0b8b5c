/**
 * Everything that can be wrong with a device, as codes. The words people read for each code are not kept here: the
 * contract holds them in both languages, so that a new device needs no knowledge of languages.
 */
export const deviceErrorCodes = [
  /** The port, socket path or device file does not exist (nothing is plugged in, or it has another name now). */
  "device.port-missing",
  /** Another program holds the port. */
  "device.port-busy",
  /** This user may not open the port (on Debian: not in the group `dialout`). */
  "device.port-denied",
  /** The port exists and would not open for another reason; `params.system` says which. */
  "device.open-failed",
  /** Nobody answers at the network address. */
  "device.unreachable",
  /** The open connection ended. */
  "device.connection-lost",
  /** Something was to be written to a connection that is not open; nothing has left the till. */
  "device.closed",
  /** The device did not take the bytes in time; some of them may have left the till. */
  "device.write-timeout",
  /** The system refused the bytes; some of them may have left the till. */
  "device.write-failed",
  /** The system could not list its ports; `params.system` says why. */
  "device.list-limited",
  /** USB scanners in HID mode cannot be used; `params.packages` names the Debian packages that are missing. */
  "device.hid-unavailable",
  "scanner.unplugged",
  /** More bytes than any code has came without an end; the scanner or its cable is faulty, or its speed is wrong. */
  "scanner.frame-too-long",
  /** A code began and never ended, or the scanner sends another end character than the till expects. */
  "scanner.half-frame",
  "printer.unreachable",
  "printer.out-of-paper",
  /** Still prints; the roll should be changed soon. */
  "printer.near-end",
  "printer.cover-open",
  "printer.cutter-jammed",
  /** The printer reports a fault that it cannot clear by itself. */
  "printer.faulty",
  /** The printer is off line and does not say why. */
  "printer.offline",
  /** The bytes went out and the printer said nothing about them. */
  "printer.no-answer",
  /** More jobs wait than a shop can have meant to print. */
  "printer.queue-full",
  /** The document cannot be printed as it is; `params.reason` says why. Nothing has left the till. */
  "printer.document-refused",
  /** The till was stopped before the job began. */
  "printer.stopped",
  /** The drawer hangs on a printer that cannot be reached or is not ready; `params.printer` has the printer's code. */
  "drawer.not-connected",
] as const;

/** Something that can be wrong with a device. */
export type DeviceErrorCode = (typeof deviceErrorCodes)[number];

/** Values for the words of a code: names, addresses, lengths, system error codes. Never personal data. */
export type DeviceParams = Record<string, string | number>;

/** Why a device is not as it should be, as data that can cross a wire. */
export interface DeviceReason {
  code: DeviceErrorCode;
  params: DeviceParams;
}

/** The one error type of this folder. `message` is for logs only. */
export class DeviceError extends Error {
  readonly code: DeviceErrorCode;
  readonly params: DeviceParams;

  constructor(code: DeviceErrorCode, params: DeviceParams = {}, cause?: unknown) {
    const details = Object.entries(params).map(([name, value]) => `${name}=${value}`);
    super([code, ...details].join(" "), cause === undefined ? undefined : { cause });
    this.name = "DeviceError";
    this.code = code;
    this.params = params;
  }
}

/** The part of an error that can be shown and stored. */
export function reasonOf(error: DeviceError): DeviceReason {
  return { code: error.code, params: error.params };
}

/** The system's short code for an error (`ECONNREFUSED`), or its message where it has none. */
export function systemCodeOf(error: unknown): string {
  if (error instanceof Error) {
    const code: unknown = "code" in error ? error.code : undefined;
    return typeof code === "string" ? code : error.message;
  }
  return String(error);
}
