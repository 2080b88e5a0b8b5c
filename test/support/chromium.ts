import { existsSync, lstatSync, readFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { chromium, type Browser } from "playwright";
import { unpackTar } from "./unpack-tar.ts";

const decompress = promisify(brotliDecompress);
const requireHere = createRequire(import.meta.url);

/** Where Chrome or Chromium is on a machine that has it. */
const installedPlaces: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/opt/google/chrome/chrome",
    "/snap/bin/chromium",
  ],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    join(homedir(), "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
  ],
  win32: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => {
    const folder = process.env[name];
    return folder === undefined ? [] : [join(folder, "Google", "Chrome", "Application", "chrome.exe")];
  }),
};

// The tests' browser has nothing to say to anybody: it looks for no updates, reports and lists.
const quietFlags = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--disable-default-apps",
  "--no-first-run",
  "--no-pings",
  "--no-default-browser-check",
  "--force-color-profile=srgb",
  "--font-render-hinting=none",
];

// What a browser without a window system, a graphics card or a user of its own needs; `--single-process` is not among
// it, because closing a second context would then end the browser.
const bareFlags = ["--no-sandbox", "--no-zygote", "--use-gl=angle", "--use-angle=swiftshader"];

/** A browser that can be started: its program, and what it needs around it. */
type Program = { path: string; flags: readonly string[]; environment: Readonly<Record<string, string>> };

/**
 * Starts a Chromium without a window: the one `CHROMIUM_PATH` names, else an installed one, else the one from the
 * registry (@sparticuz/chromium, Linux on x64), which is unpacked once into a folder under the temporary one.
 * `CHROMIUM_FROM_REGISTRY=1` takes that one even where another is installed. The caller closes it.
 * @throws Error that says what to install where there is none.
 */
export async function launchChromium(): Promise<Browser> {
  const { path, flags, environment } = await findChromium();
  return chromium.launch({
    executablePath: path,
    args: [...quietFlags, ...flags],
    env: { ...process.env, ...environment },
    chromiumSandbox: false,
  });
}

async function findChromium(): Promise<Program> {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && named !== "") return { path: named, flags: [], environment: {} };
  if (process.env["CHROMIUM_FROM_REGISTRY"] !== "1") {
    const installed = installedPlaces[process.platform]?.find((path) => existsSync(path));
    if (installed !== undefined) return { path: installed, flags: [], environment: {} };
  }
  if (process.platform === "linux" && process.arch === "x64") return unpackChromium();
  throw new Error("The tests of pages need a browser: install Chrome or Chromium, or name one in CHROMIUM_PATH.");
}

/**
 * Unpacks the browser from the registry. Several test processes may come here at once: each unpacks into a folder of its
 * own, and the first one to rename it into place wins; the others use that one.
 */
async function unpackChromium(): Promise<Program> {
  const packed = join(requireHere.resolve("@sparticuz/chromium"), "../../..");
  const { version } = JSON.parse(readFileSync(join(packed, "package.json"), "utf8")) as { version: string };
  const owner = process.getuid?.() ?? 0;
  const place = join(tmpdir(), `suanpan-chromium-${owner}-${version}`);
  if (!existsSync(join(place, "ready"))) await unpackInto(place, join(packed, "bin"));
  // The temporary folder is everybody's: a program that somebody else put there is not started.
  if (process.getuid !== undefined && lstatSync(place).uid !== owner)
    throw new Error(`${place} belongs to another user.`);
  const libraries = [join(place, "lib"), place, process.env["LD_LIBRARY_PATH"]];
  return {
    path: join(place, "chromium"),
    flags: bareFlags,
    environment: {
      LD_LIBRARY_PATH: libraries.filter((folder) => folder !== undefined && folder !== "").join(":"),
      FONTCONFIG_PATH: place,
      FONTCONFIG_FILE: join(place, "fonts.conf"),
    },
  };
}

async function unpackInto(place: string, packed: string): Promise<void> {
  const own = await mkdtemp(`${place}-`);
  try {
    await writeFile(join(own, "chromium"), await decompress(await readFile(join(packed, "chromium.br"))));
    await chmod(join(own, "chromium"), 0o755);
    for (const archive of ["al2023", "swiftshader", "fonts"]) {
      await unpackTar(await decompress(await readFile(join(packed, `${archive}.tar.br`))), own);
    }
    await writeFile(join(own, "fonts.conf"), fontConfiguration(place));
    await mkdir(join(own, "font-cache"));
    await writeFile(join(own, "ready"), "");
    await rename(own, place);
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    const code = (error as NodeJS.ErrnoException).code;
    const isThere = (code === "ENOTEMPTY" || code === "EEXIST") && existsSync(join(place, "ready"));
    if (!isThere) throw error;
  }
}

/** The package's own file names a folder of another kind of machine; this one names the folder it lies in. */
function fontConfiguration(place: string): string {
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    "<fontconfig>",
    `  <dir>${join(place, "fonts")}</dir>`,
    "  <dir>/usr/share/fonts</dir>",
    `  <cachedir>${join(place, "font-cache")}</cachedir>`,
    "</fontconfig>",
    "",
  ].join("\n");
}
