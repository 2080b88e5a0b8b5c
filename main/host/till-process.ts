import { fileURLToPath } from "node:url";
import { sentenceOf } from "../sentence.ts";
import { openTill } from "../till.ts";
import { openChildSide } from "./child-side.ts";
import { openLocalSocket } from "./local-socket.ts";
import { openNodeHost } from "./node.ts";
import { openService } from "./service.ts";
import { readTillOptions } from "./till-options.ts";
import { openPageTokens } from "./tokens.ts";

/** The pages that the till serves, each with the role of its name. */
const pages = ["cashier"] as const;

const closers: (() => Promise<void>)[] = [];
const side = openChildSide(async () => {
  for (const close of closers.toReversed()) await close();
});

try {
  await run();
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
}

/**
 * The till's own process under Node: the till, its pages on loopback, and the local socket for the command line. It says
 * `{ ready, url, pages }` to whoever started it.
 */
async function run(): Promise<void> {
  const { options, port } = readTillOptions(process.argv.slice(2));
  const { log } = options;
  const till = await openTill(options);
  closers.push(() => till.close());
  const tokens = openPageTokens(options.folder);
  const service = openService({ ...till.service, admit: (hello) => tokens.admit(hello) });
  closers.push(async () => service.close());
  const host = await openNodeHost({
    port,
    pages: fileURLToPath(new URL("../../renderer/dist/", import.meta.url)),
    pagesAllowed: pages,
    picture: (hash) => till.picture(hash),
    attach: service.attach,
    log: (event) => log.warn(event, "page host"),
  });
  closers.push(() => host.close());
  const socket = await openLocalSocket(options.folder, service.attachAs("tool"));
  closers.push(() => socket.close());
  const addresses = pages.map((page) => [page, `${host.url}/${page}/#token=${tokens.pageToken(page)}`]);
  side.ready({ url: host.url, pages: Object.fromEntries(addresses) });
}
