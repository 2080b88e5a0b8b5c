import { backup } from "./backup.ts";
import type { Command } from "./command.ts";
import { demo } from "./demo.ts";
import { devices } from "./devices.ts";
import { exportJournal } from "./export.ts";
import { rebuild } from "./rebuild.ts";
import { receipt } from "./receipt.ts";
import { recogniseCode } from "./recognise.ts";
import { restore } from "./restore.ts";
import { sync } from "./sync.ts";
import { verify } from "./verify.ts";

const listed: Readonly<Record<string, Command>> = {
  demo,
  verify,
  rebuild,
  export: exportJournal,
  backup,
  restore,
  recognise: recogniseCode,
  receipt,
  sync,
  devices,
};

const help: Command = {
  usage: "help",
  does: "lists the commands",
  run() {
    const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length)) + 2;
    const lines = Object.values(commands).map(({ usage, does }) => `  ${usage.padEnd(width)}${does}`);
    process.stdout.write(`npm run -s till -- COMMAND\n\n${lines.join("\n")}\n`);
    return Promise.resolve(0);
  },
};

/** Every command by its name. */
export const commands: Readonly<Record<string, Command>> = { ...listed, help };
