import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  utilityProcess,
  type BrowserWindowConstructorOptions,
  type IpcMainEvent,
  type MessagePortMain,
  type WebContents,
} from "electron";
import type { Fault } from "../contract/errors.ts";
import { wordsOfFault } from "../contract/words/index.ts";
import { plainAnswer } from "./page-headers.ts";
import { createPages, type Pages } from "./pages.ts";
import { pagesOfMode } from "./served-pages.ts";
import { superviseTill, type TillProcess, type TillSupervisor } from "./till-supervisor.ts";

/** All pages are at `app://till/`: a scheme of our own has an origin, and no file of the disk can be reached by it. */
const scheme = "app";
const host = "till";

/** What the shopper sees on the second display. */
const shopperPage = "customer";

/** A page whose process ended is loaded again this often; the till behind it has lost nothing. */
const maximumReloads = 5;

/** The exit code for a bug that nobody handled (`EX_SOFTWARE` of BSD's sysexits). */
const softwareFault = 70;

const here = import.meta.dirname;

// Which of our windows has which role. A page cannot say so itself.
const roles = new WeakMap<WebContents, string>();

let till: TillSupervisor<MessagePortMain> | null = null;
let isTillStopped = false;

// The window of the till or of the kiosk; without it there is no shell.
let firstWindow: BrowserWindow | null = null;
// The shopper's window, and the display that it fills.
let shopper: { window: BrowserWindow; display: number } | null = null;

function startShell(): void {
  process.on("unhandledRejection", endOnBug);
  process.on("uncaughtException", endOnBug);
  // Two tills on one ledger would be the disaster; the second one only brings the first to the front.
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  app.enableSandbox();
  app.on("web-contents-created", (_event, contents) => guard(contents));
  app.on("second-instance", focusFirstWindow);
  app.on("window-all-closed", () => app.quit());
  app.on("before-quit", stopTillFirst);
  ipcMain.on("wire", giveWire);
  app.whenReady().then(openShop, endOnBug);
}

function openShop(): void {
  Menu.setApplicationMenu(null);
  denyPermissions();
  till = superviseTill({
    start: forkTill,
    timers: { setTimer: setTimeout, clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout) },
    onGivenUp: tellGivenUp,
    log: writeLog,
  });
  const folder = join(here, "..", "renderer", "dist");
  const isKiosk = modeOf(tillParameters(process.argv)) === "kiosk";
  const allowed = pagesOfMode[isKiosk ? "kiosk" : "till"];
  const pages = createPages({
    folder,
    allowed,
    instead: () => till?.instead,
    picture: (hash) => till?.picture(hash) ?? null,
  });
  protocol.handle(scheme, (request) => answer(pages, request));
  powerSaveBlocker.start("prevent-display-sleep");
  // A kiosk's page is all that its screen ever shows.
  firstWindow = openWindow(allowed[0], { width: 1280, height: 800, kiosk: isKiosk });
  firstWindow.once("closed", () => app.quit());
  if (allowed.includes(shopperPage)) followDisplays();
}

/** Keeps the shopper's page on a second display as long as there is one. */
function followDisplays(): void {
  showShopper();
  screen.on("display-added", showShopper);
  screen.on("display-removed", (_event, { id }) => {
    // The system would move the window in front of the cashier.
    if (shopper?.display === id) shopper.window.destroy();
    showShopper();
  });
}

function showShopper(): void {
  if (shopper !== null) return;
  const primary = screen.getPrimaryDisplay();
  const second = screen.getAllDisplays().find(({ id }) => id !== primary.id);
  if (second === undefined) return;
  shopper = { window: openWindow(shopperPage, { ...second.bounds, fullscreen: true }), display: second.id };
  shopper.window.once("closed", () => (shopper = null));
}

/**
 * Opens a window with nothing in it but a page of ours, cut off from Node and from the system. Its role is the page's
 * name.
 */
function openWindow(page: string, place: BrowserWindowConstructorOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...place,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: "#ffffff",
    webPreferences: {
      preload: join(here, "preload.cjs"),
      sandbox: true,
      contextIsolation: true,
      // A scan has to be heard before anybody has touched the screen.
      autoplayPolicy: "no-user-gesture-required",
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // A till that lies behind another window still has to sound a scan at once.
      backgroundThrottling: false,
    },
  });
  roles.set(window.webContents, page);
  reloadWhenGone(window);
  window.once("ready-to-show", () => window.show());
  window.loadURL(`${scheme}://${host}/${page}/`).catch(endOnBug);
  return window;
}

function reloadWhenGone(window: BrowserWindow): void {
  let reloads = 0;
  window.webContents.on("render-process-gone", (_event, { reason }) => {
    writeLog(`The page's process ended: ${reason}.`);
    if (reason === "clean-exit" || reloads >= maximumReloads) return;
    reloads += 1;
    window.webContents.reload();
  });
}

/** Keeps every page where it is: our pages move by themselves and open nothing. */
function guard(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.on("will-navigate", stayHere);
  contents.on("will-frame-navigate", stayHere);
  contents.on("will-redirect", stayHere);
}

function stayHere(event: { url: string; preventDefault(): void }): void {
  if (!isOurs(event.url)) event.preventDefault();
}

function denyPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on("will-download", (event) => event.preventDefault());
}

/** Sends a new line to the page that asked, if it is the main frame of a window that we opened and a page of ours. */
function giveWire(event: IpcMainEvent, id: unknown): void {
  const { senderFrame, sender } = event;
  const role = roles.get(sender);
  if (senderFrame === null || senderFrame.parent !== null || !isOurs(senderFrame.url) || role === undefined) {
    writeLog("A wire was asked for by what is no page of the till.");
    return;
  }
  if (typeof id !== "number") return;
  const { port1, port2 } = new MessageChannelMain();
  senderFrame.postMessage("wire", id, [port1]);
  // Closing this end closes the page's too, and the page tries again after a while.
  if (till === null || !till.handOver(role, port2)) port2.close();
}

function isOurs(address: string): boolean {
  const url = URL.parse(address);
  // The `origin` of a scheme that Node does not know is the text "null", so the parts are compared.
  return url !== null && url.protocol === `${scheme}:` && url.host === host;
}

async function answer(pages: Pages, request: Request): Promise<Response> {
  const isAllowed = isOurs(request.url) && (request.method === "GET" || request.method === "HEAD");
  const { status, headers, bytes } = isAllowed
    ? await pages(new URL(request.url).pathname)
    : plainAnswer(403, "This address is only for the till's own pages.");
  return new Response(Buffer.from(bytes), { status, headers: { ...headers } });
}

function forkTill(): TillProcess<MessagePortMain> {
  const child = utilityProcess.fork(join(here, "till.js"), tillParameters(process.argv), {
    serviceName: "Suanpan till",
    stdio: "inherit",
  });
  return {
    send: (message, ports = []) => child.postMessage(message, [...ports]),
    kill: () => child.kill(),
    onMessage: (listener) => child.on("message", listener),
    onExit: (listener) => child.on("exit", listener),
  };
}

/** What the till understands comes after `--`; everything before it is for Electron and Chromium. */
function tillParameters(words: readonly string[]): string[] {
  const separator = words.indexOf("--");
  return separator === -1 ? [] : words.slice(separator + 1);
}

/** What is wrong with the till's own parameters the till's process says in words; here only the mode is looked at. */
function modeOf(parameters: readonly string[]): string {
  const { values } = parseArgs({
    args: [...parameters],
    options: { mode: { type: "string" } },
    strict: false,
    allowPositionals: true,
  });
  return String(values.mode ?? "till");
}

function tellGivenUp(fault: Fault | null): void {
  const { happened, safe, todo } = wordsOfFault(
    fault ?? { code: "internal", params: {} },
    app.getLocale().startsWith("zh") ? "zh-CN" : "en",
  );
  dialog.showErrorBox(happened, `${safe}\n${todo}`);
  app.exit(1);
}

function stopTillFirst(event: { preventDefault(): void }): void {
  if (till === null || isTillStopped) return;
  event.preventDefault();
  till.stop().then(() => {
    isTillStopped = true;
    app.quit();
  }, endOnBug);
}

function focusFirstWindow(): void {
  if (firstWindow?.isMinimized() === true) firstWindow.restore();
  firstWindow?.focus();
}

function endOnBug(error: unknown): void {
  writeLog(error instanceof Error ? (error.stack ?? error.message) : String(error));
  app.exit(softwareFault);
}

function writeLog(words: string): void {
  process.stderr.write(`${words}\n`);
}

startShell();
