import type { RailsConfiguration } from "../../rails/configuration.ts";
import type { RailName } from "../../rails/rail.ts";
import { bookFile } from "./book-file.ts";
import { startAlipayEmulator } from "./alipay-emulator.ts";
import type { RailEmulator } from "./emulator.ts";
import { startWechatPayEmulator, type EmulatorOptions } from "./wechat-pay-emulator.ts";

/** Both rails in small, and the settings with which the platform speaks to them. */
export type RailEmulators = {
  emulators: ReadonlyMap<RailName, RailEmulator>;
  configuration: RailsConfiguration;
  close(): Promise<void>;
};

/**
 * Starts both on loopback, with keys of their own that live as long as they do. `folder` is where their books are kept, null for
 * books that end with them.
 */
export async function startRailEmulators(
  options: Omit<EmulatorOptions, "keeper"> & { folder: string | null },
): Promise<RailEmulators> {
  const { folder, ...rest } = options;
  const optionsOf = (rail: RailName): EmulatorOptions => ({
    ...rest,
    keeper: folder === null ? null : bookFile(folder, rail),
  });
  const [wechatPay, alipay] = await Promise.all([
    startWechatPayEmulator(optionsOf("wechat-pay")),
    startAlipayEmulator(optionsOf("alipay")),
  ]);
  return {
    emulators: new Map([
      ["wechat-pay", wechatPay.emulator],
      ["alipay", alipay.emulator],
    ]),
    configuration: { wechatPay: wechatPay.configuration, alipay: alipay.configuration },
    close: async () => {
      await Promise.all([wechatPay.emulator.close(), alipay.emulator.close()]);
    },
  };
}
