import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/**
 * The Electron binary, where it is installed. The package is never imported here: importing it without its binary would
 * start a download.
 */
export function electronBinary(environment: NodeJS.ProcessEnv = process.env): string | null {
  const names: Partial<Record<NodeJS.Platform, string>> = {
    win32: "electron.exe",
    darwin: "Electron.app/Contents/MacOS/Electron",
  };
  const folder = environment["ELECTRON_OVERRIDE_DIST_PATH"] ?? join(root, "node_modules", "electron", "dist");
  const binary = join(folder, names[process.platform] ?? "electron");
  return existsSync(binary) ? binary : null;
}

/** Whether this machine has somewhere to show a browser. */
export function hasDisplay(environment: NodeJS.ProcessEnv = process.env): boolean {
  if (process.platform === "win32" || process.platform === "darwin") return true;
  return Boolean(environment["DISPLAY"]) || Boolean(environment["WAYLAND_DISPLAY"]);
}

/** Opens an address in the default browser. A browser that does not start is no reason to stop: the address is printed. */
export function openBrowser(address: string, onFailed: () => void): void {
  const [command, ...parameters]: [string, ...string[]] =
    process.platform === "win32"
      ? ["rundll32", "url.dll,FileProtocolHandler", address]
      : [process.platform === "darwin" ? "open" : "xdg-open", address];
  const child = spawn(command, parameters, { stdio: "ignore", detached: true });
  child.on("error", onFailed);
  child.unref();
}
