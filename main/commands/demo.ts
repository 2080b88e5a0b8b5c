import { readArguments, readText } from "../arguments.ts";
import { TillError } from "../contract/errors.ts";
import { runDemo, type DemoSummary } from "../demo/run-demo.ts";
import { jsonOption, print, type Command } from "./command.ts";

const optionTypes = {
  sales: { type: "string" },
  outage: { type: "boolean" },
  seed: { type: "string" },
  data: { type: "string" },
  ...jsonOption,
} as const;

/** `till demo`: a whole trading day without a window. Exit code 1 when the books do not agree. */
export const demo: Command = {
  usage: "demo --sales N [--outage] [--seed S] [--data DIR] [--json]",
  does: "trades a whole day through the simulated devices and holds three books against each other",
  async run(typed) {
    const { values } = readArguments(typed, optionTypes);
    const options = {
      sales: readNumber("sales", readText(values["sales"]), 20, 100_000),
      outage: values["outage"] === true,
      seed: readNumber("seed", readText(values["seed"]), 1, 2 ** 32 - 1),
      folder: readText(values["data"]),
    };
    const summary = await runDemo(options, (words) => void process.stderr.write(words));
    print(values["json"] === true, summary, describe(summary));
    return summary.agree ? 0 : 1;
  },
};

function readNumber(name: string, text: string | undefined, otherwise: number, most: number): number {
  if (text === undefined) return otherwise;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= most) return value;
  throw new TillError("command.invalid", { detail: `--${name} ${text}` });
}

function describe(summary: DemoSummary): string[] {
  const { books } = summary;
  const names = ["witness", "journal", "platform"] as const;
  const rows = names.map((name) => {
    const { sales, totalMinor, cashMinor, walletMinor } = books[name];
    return [name, sales, totalMinor, cashMinor, walletMinor].map((cell) => String(cell).padStart(14)).join("");
  });
  return [
    ["", "sales", "total", "cash", "wallet"].map((cell) => cell.padStart(14)).join(""),
    ...rows,
    `${summary.offline} sales were made without the network, ${summary.refusedWallets} wallets were refused.`,
    ...(summary.agree ? ["The three books agree."] : summary.complaints),
  ];
}
