import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";

/** The part of electron-builder's own reader and checker of its configuration that is used here. */
type ConfigModule = {
  getConfig(folder: string, file: string, options: null): Promise<Record<string, unknown>>;
  validateConfiguration(config: unknown, logger: { isEnabled: boolean; add(): void }): Promise<void>;
};

const root = join(import.meta.dirname, "../../..");
const requireHere = createRequire(import.meta.url);
const requireThere = createRequire(requireHere.resolve("electron-builder"));
const reader = requireThere("app-builder-lib/out/util/config/config.js") as ConfigModule;
const logger = { isEnabled: false, add: () => {} };

test("the packaging file is one that electron-builder takes, by its own schema", async () => {
  const config = await reader.getConfig(root, "electron-builder.yml", null);
  await reader.validateConfiguration(config, logger);
  await expect(reader.validateConfiguration({ ...config, electronFuse: {} }, logger)).rejects.toThrow("electronFuse");
});

// A shop's till must not become a general Node by a switch or a variable, nor load code from beside its archive.
test("the packed till has its fuses set and unpacks its native modules", async () => {
  const config = await reader.getConfig(root, "electron-builder.yml", null);
  expect(config["electronFuses"]).toEqual({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    enableCookieEncryption: true,
    grantFileProtocolExtraPrivileges: false,
  });
  expect(config["asarUnpack"]).toEqual(["**/*.node"]);
  expect(config["npmRebuild"]).toBe(false);
});
