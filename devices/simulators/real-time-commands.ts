/** A command that a printer obeys the moment it arrives, wherever it stands. */
export type RealTimeCommand =
  /** `DLE EOT n` */
  | { kind: "status"; n: number }
  /** `DLE ENQ n` */
  | { kind: "recover"; n: number }
  /** `DLE DC4 1 m t` */
  | { kind: "pulse"; pin: 2 | 5 }
  /** `DLE DC4 8` with its fixed parameters */
  | { kind: "clear" };

const clearParameters = [0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];

/** Finds real-time commands in a stream of bytes, also when they are cut by the network. */
export class RealTimeScanner {
  #recent: number[] = [];

  /** The commands that these bytes complete. */
  push(bytes: Uint8Array): RealTimeCommand[] {
    const commands: RealTimeCommand[] = [];
    for (const byte of bytes) {
      this.#recent = [...this.#recent.slice(-9), byte];
      const command = this.#completed();
      if (command !== undefined) {
        commands.push(command);
        this.#recent = [];
      }
    }
    return commands;
  }

  #completed(): RealTimeCommand | undefined {
    const recent = this.#recent;
    const [dle3, command3, n = 0] = recent.slice(-3);
    if (dle3 === 0x10 && command3 === 0x04 && n >= 1 && n <= 4) return { kind: "status", n };
    if (dle3 === 0x10 && command3 === 0x05 && n <= 2) return { kind: "recover", n };
    const [dle5, command5, one, pin = 0, time = 0] = recent.slice(-5);
    const isPulse = dle5 === 0x10 && command5 === 0x14 && one === 1 && pin <= 1 && time >= 1 && time <= 8;
    if (isPulse) return { kind: "pulse", pin: pin === 0 ? 2 : 5 };
    const [dle10, command10, ...parameters] = recent.slice(-10);
    const isClear = dle10 === 0x10 && command10 === 0x14 && parameters.join() === clearParameters.join();
    return isClear ? { kind: "clear" } : undefined;
  }
}
