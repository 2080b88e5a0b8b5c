import { EventEmitter } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type * as pages from "../../../main/host/pages.ts";

/** What the shell did with Electron, and a way to make Electron speak. */
const electron = vi.hoisted(() => ({
  module: {} as Record<string, unknown>,
  pagesFolder: undefined as string | undefined,
  hasLock: true,
  windows: [] as FakeWindow[],
  children: [] as FakeChild[],
  handlers: {} as Record<string, (request: Request) => Promise<Response>>,
  permissions: {} as Record<string, (...words: unknown[]) => unknown>,
  schemes: [] as unknown[],
  errorBoxes: [] as string[][],
  exits: [] as number[],
  quits: 0,
  channels: [] as { port1: { close(): void }; port2: { closed: boolean; close(): void } }[],
}));

vi.mock("electron", () => electron.module);

// The shell's pages lie beside its bundle, and there is none here: a test that needs pages has a folder of its own.
vi.mock("../../../main/host/pages.ts", async (original) => {
  const { createPages } = await original<typeof pages>();
  const folderOf = ({ folder }: pages.PagesOptions) => electron.pagesFolder ?? folder;
  return { createPages: (options: pages.PagesOptions) => createPages({ ...options, folder: folderOf(options) }) };
});

class FakeContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  reloads = 0;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  reload(): void {
    this.reloads += 1;
  }
}

class FakeWindow extends EventEmitter {
  readonly options: { webPreferences: Record<string, unknown>; [option: string]: unknown };
  readonly webContents = new FakeContents();
  loaded = "";
  focused = 0;
  destroyed = false;
  constructor(options: { webPreferences: Record<string, unknown> }) {
    super();
    this.options = options;
    electron.windows.push(this);
    app.emit("web-contents-created", {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.loaded = url;
  }
  show(): void {}
  isMinimized(): boolean {
    return false;
  }
  restore(): void {}
  focus(): void {
    this.focused += 1;
  }
  destroy(): void {
    this.destroyed = true;
    this.emit("closed");
  }
}

type Display = { id: number; bounds: { x: number; y: number; width: number; height: number } };

const mainDisplay: Display = { id: 1, bounds: { x: 0, y: 0, width: 1024, height: 768 } };
const shoppersDisplay: Display = { id: 2, bounds: { x: 1024, y: 0, width: 800, height: 600 } };

class FakeChild extends EventEmitter {
  readonly file: string;
  sent: { message: unknown; ports: unknown[] }[] = [];
  constructor(file: string) {
    super();
    this.file = file;
    electron.children.push(this);
  }
  postMessage(message: unknown, ports: unknown[]): void {
    this.sent.push({ message, ports });
  }
  kill(): boolean {
    return true;
  }
}

let displays: Display[];
let screen: EventEmitter;
let app: EventEmitter;
let ipcMain: EventEmitter;
let said: string[];
let listenersBefore: ((...words: never[]) => void)[];

const processEvents = ["unhandledRejection", "uncaughtException"] as const;

beforeEach(async () => {
  vi.resetModules();
  listenersBefore = processEvents.flatMap((name) => process.listeners(name as "unhandledRejection"));
  said = [];
  vi.spyOn(process.stderr, "write").mockImplementation((words) => said.push(String(words)) > 0);
  app = Object.assign(new EventEmitter(), {
    requestSingleInstanceLock: () => electron.hasLock,
    enableSandbox: () => {},
    whenReady: async () => {},
    getLocale: () => "en",
    quit: () => (electron.quits += 1),
    exit: (code: number) => electron.exits.push(code),
  });
  ipcMain = new EventEmitter();
  displays = [mainDisplay];
  screen = Object.assign(new EventEmitter(), {
    getAllDisplays: () => displays,
    getPrimaryDisplay: () => mainDisplay,
  });
  Object.assign(electron, {
    hasLock: true,
    pagesFolder: undefined,
    windows: [],
    children: [],
    handlers: {},
    permissions: {},
    schemes: [],
    errorBoxes: [],
    exits: [],
    quits: 0,
    channels: [],
  });
  Object.assign(electron.module, {
    app,
    ipcMain,
    screen,
    BrowserWindow: FakeWindow,
    dialog: { showErrorBox: (...words: string[]) => electron.errorBoxes.push(words) },
    Menu: { setApplicationMenu: () => {} },
    MessageChannelMain: function FakeChannel() {
      const port2 = { closed: false, close: () => (port2.closed = true) };
      const made = { port1: { close: () => {} }, port2 };
      electron.channels.push(made);
      return made;
    },
    powerSaveBlocker: { start: () => 1 },
    protocol: {
      registerSchemesAsPrivileged: (schemes: unknown[]) => electron.schemes.push(...schemes),
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
        (electron.handlers[scheme] = handler),
    },
    session: {
      defaultSession: Object.assign(new EventEmitter(), {
        setPermissionRequestHandler: (handler: () => void) => (electron.permissions["request"] = handler),
        setPermissionCheckHandler: (handler: () => void) => (electron.permissions["check"] = handler),
        setDevicePermissionHandler: (handler: () => void) => (electron.permissions["device"] = handler),
      }),
    },
    utilityProcess: { fork: (file: string) => new FakeChild(file) },
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  for (const name of processEvents) {
    for (const listener of process.listeners(name as "unhandledRejection")) {
      if (!listenersBefore.includes(listener)) process.removeListener(name, listener);
    }
  }
});

async function startShell(): Promise<{ window: FakeWindow; till: FakeChild }> {
  await import("../../../main/host/electron.ts");
  await new Promise(setImmediate);
  return { window: electron.windows[0]!, till: electron.children[0]! };
}

function askForWire(window: FakeWindow, frame: { url: string; parent: unknown } | null): unknown[][] {
  const posted: unknown[][] = [];
  const senderFrame = frame === null ? null : { ...frame, postMessage: (...words: unknown[]) => posted.push(words) };
  ipcMain.emit("wire", { sender: window.webContents, senderFrame }, 1);
  return posted;
}

const ourFrame = { url: "app://till/cashier/", parent: null };

test("a page is shut in: sandboxed, isolated, without Node", async () => {
  const { window } = await startShell();
  expect(window.loaded).toBe("app://till/cashier/");
  expect(window.options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  });
  expect(electron.schemes).toMatchObject([{ scheme: "app", privileges: { standard: true, secure: true } }]);
});

test("a page can open nothing and go nowhere but to our own pages", async () => {
  const { window } = await startShell();
  const contents = window.webContents;
  expect(contents.openHandler?.({ url: "https://example.org" })).toEqual({ action: "deny" });
  for (const [url, stays] of [
    ["app://till/cashier/", false],
    ["https://example.org/", true],
    ["file:///etc/passwd", true],
    ["app://evil/", true],
    ["app://till.evil/", true],
    ["javascript:alert(1)", true],
    ["no address", true],
  ] as const) {
    for (const event of ["will-navigate", "will-frame-navigate", "will-redirect"]) {
      const preventDefault = vi.fn();
      contents.emit(event, { url, preventDefault });
      expect(preventDefault.mock.calls.length > 0, `${event} to ${url}`).toBe(stays);
    }
  }
  const preventDefault = vi.fn();
  contents.emit("will-attach-webview", { preventDefault });
  expect(preventDefault).toHaveBeenCalledOnce();
});

test("every permission is denied", async () => {
  await startShell();
  const decide = vi.fn();
  electron.permissions["request"]?.({}, "media", decide);
  expect(decide).toHaveBeenCalledWith(false);
  expect(electron.permissions["check"]?.()).toBe(false);
  expect(electron.permissions["device"]?.()).toBe(false);
});

test("a second till on the same machine does not start, and the first window comes to the front", async () => {
  electron.hasLock = false;
  await startShell();
  expect(electron.quits).toBe(1);
  expect(electron.children).toEqual([]);
  expect(electron.windows).toEqual([]);
});

test("the first window comes to the front when the till is started again", async () => {
  const { window } = await startShell();
  app.emit("second-instance");
  expect(window.focused).toBe(1);
});

test("a window's line goes to the till with the window's own role", async () => {
  const { window, till } = await startShell();
  till.emit("message", { type: "ready" });
  const posted = askForWire(window, ourFrame);
  const [channel] = electron.channels;
  expect(posted).toEqual([["wire", 1, [channel?.port1]]]);
  expect(till.sent).toEqual([{ message: { type: "window", role: "cashier" }, ports: [channel?.port2] }]);
});

test("a page that asks before the till is ready has its line closed, and asks again", async () => {
  const { window } = await startShell();
  askForWire(window, ourFrame);
  expect(electron.channels[0]?.port2.closed).toBe(true);
});

test.each([
  ["another site", { url: "https://example.org/", parent: null }],
  ["a host that looks like ours", { url: "app://till.evil/cashier/", parent: null }],
  ["a frame inside our page", { url: "app://till/cashier/", parent: {} }],
  ["a frame that is gone", null],
])("%s gets no line to the till", async (_who, frame) => {
  const { window, till } = await startShell();
  till.emit("message", { type: "ready" });
  expect(askForWire(window, frame)).toEqual([]);
  expect(electron.channels).toEqual([]);
  expect(till.sent).toEqual([]);
});

test("a window that we did not open gets no line to the till", async () => {
  const { till } = await startShell();
  till.emit("message", { type: "ready" });
  expect(askForWire({ webContents: new FakeContents() } as unknown as FakeWindow, ourFrame)).toEqual([]);
});

test("what is not built or not ours is refused with the same headers as under the other host", async () => {
  await startShell();
  const answer = electron.handlers["app"]!;
  const missing = await answer(new Request("app://till/nothing.js"));
  expect(missing.status).toBe(404);
  expect(missing.headers.get("x-content-type-options")).toBe("nosniff");
  expect((await answer(new Request("app://other/cashier/"))).status).toBe(403);
  expect((await answer(new Request("app://till/cashier/", { method: "POST" }))).status).toBe(403);
});

test("while the till waits for its ledger every address of the shell shows the page that says so", async () => {
  const folder = mkdtempSync(join(tmpdir(), "suanpan-shell-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const page of ["cashier", "recovery"]) {
    mkdirSync(join(folder, page));
    writeFileSync(join(folder, page, "index.html"), page);
  }
  electron.pagesFolder = folder;
  const { till, window } = await startShell();
  const shown = async () => (await electron.handlers["app"]!(new Request("app://till/cashier/"))).text();
  expect(await shown()).toBe("cashier");
  till.emit("message", { type: "ready", instead: "recovery" });
  expect(await shown()).toBe("recovery");
  // Its page has a line like any other, in the role of its window.
  askForWire(window, ourFrame);
  expect(till.sent.map(({ message }) => message)).toEqual([{ type: "window", role: "cashier" }]);
  till.emit("exit", 0);
  expect(await shown()).toBe("cashier");
});

test("a page whose process ended is loaded again, but not for ever", async () => {
  const { window } = await startShell();
  for (let count = 0; count < 20; count += 1) {
    window.webContents.emit("render-process-gone", {}, { reason: "crashed" });
  }
  expect(window.webContents.reloads).toBe(5);
  expect(said).toHaveLength(20);
});

test("a till that cannot start is put into words, and the shell ends", async () => {
  const { till } = await startShell();
  till.emit("message", { type: "failed", fault: { code: "folder.not-writable", params: { folder: "/shop" } } });
  expect(electron.errorBoxes[0]?.[0]).toContain("/shop");
  expect(electron.exits).toEqual([1]);
});

test("closing the last window ends the till first, and then the shell", async () => {
  const { till } = await startShell();
  till.emit("message", { type: "ready" });
  const preventDefault = vi.fn();
  app.emit("before-quit", { preventDefault });
  expect(preventDefault).toHaveBeenCalledOnce();
  expect(till.sent).toEqual([{ message: { type: "stop" }, ports: [] }]);
  expect(electron.quits).toBe(0);
  till.emit("exit", 0);
  await new Promise(setImmediate);
  expect(electron.quits).toBe(1);
  app.emit("before-quit", { preventDefault });
  expect(preventDefault).toHaveBeenCalledOnce();
});

test("a bug that nobody handled ends the shell with words instead of leaving it half alive", async () => {
  await startShell();
  const [listener] = process.listeners("unhandledRejection").slice(-1);
  listener?.(new RangeError("lost"), Promise.resolve());
  expect(electron.exits).toEqual([70]);
  expect(said.join("")).toContain("RangeError: lost");
});

// The page of the shopper shows nothing private, and its window has no more rights than that page.
test("a second display shows the shopper's page in the shopper's role, also when it is plugged in later", async () => {
  const { till } = await startShell();
  till.emit("message", { type: "ready" });
  expect(electron.windows).toHaveLength(1);
  displays = [mainDisplay, shoppersDisplay];
  screen.emit("display-added", {}, shoppersDisplay);
  screen.emit("display-added", {}, shoppersDisplay);
  expect(electron.windows).toHaveLength(2);
  const shopper = electron.windows[1]!;
  expect(shopper.loaded).toBe("app://till/customer/");
  expect(shopper.options).toMatchObject({ ...shoppersDisplay.bounds, fullscreen: true });
  expect(shopper.options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true });
  askForWire(shopper, { url: "app://till/customer/", parent: null });
  expect(till.sent.map(({ message }) => message)).toEqual([{ type: "window", role: "customer" }]);
});

test("a display that is pulled out takes the shopper's window with it instead of putting it before the cashier", async () => {
  displays = [mainDisplay, shoppersDisplay];
  await startShell();
  const shopper = electron.windows[1]!;
  displays = [mainDisplay];
  screen.emit("display-removed", {}, shoppersDisplay);
  expect(shopper.destroyed).toBe(true);
  expect(electron.windows).toHaveLength(2);
  expect(electron.quits).toBe(0);
});

test("closing the cashier's window closes the shop, whatever the shopper's display shows", async () => {
  displays = [mainDisplay, shoppersDisplay];
  const { window } = await startShell();
  window.emit("closed");
  expect(electron.quits).toBe(1);
});

test("a kiosk has one window, which shows the kiosk's page and nothing else on the whole screen", async () => {
  displays = [mainDisplay, shoppersDisplay];
  vi.spyOn(process, "argv", "get").mockReturnValue(["electron", ".", "--", "--data", "/shop", "--mode", "kiosk"]);
  const { window, till } = await startShell();
  expect(electron.windows).toHaveLength(1);
  expect(window.loaded).toBe("app://till/kiosk/");
  expect(window.options["kiosk"]).toBe(true);
  till.emit("message", { type: "ready" });
  askForWire(window, { url: "app://till/kiosk/", parent: null });
  expect(till.sent.map(({ message }) => message)).toEqual([{ type: "window", role: "kiosk" }]);
});
