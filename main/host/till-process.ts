import { fileURLToPath } from "node:url";
import { exitForGood } from "../child.ts";
import { TillError } from "../contract/errors.ts";
import { sentenceOf } from "../sentence.ts";
import { runAsChild, type ChildSide } from "./child-side.ts";
import { openHostedTill } from "./hosted-till.ts";
import { openLocalSocket } from "./local-socket.ts";
import { openNodeHost } from "./node.ts";
import { servedPages } from "./served-pages.ts";
import { readTillOptions } from "./till-options.ts";
import { openPageTokens } from "./tokens.ts";

await runAsChild(run);

/**
 * The till's own process under Node: the till, its pages on loopback, and the local socket for the command line. It says
 * `{ ready, url, pages }` to whoever started it, also where it waits for its ledger: then every page says so.
 */
async function run(side: ChildSide): Promise<void> {
  const { options, port } = readTillOptions(process.argv.slice(2));
  const { log } = options;
  const till = await openHostedTill(options);
  side.onEnd(() => till.close());
  const tokens = openPageTokens(options.folder);
  const service = till.serve((hello) => tokens.admit(hello));
  side.onEnd(() => service.close());
  const folder = fileURLToPath(new URL("../../renderer/dist/", import.meta.url));
  const pages = servedPages(options.mode, folder);
  const host = await openNodeHost({
    port,
    pages: folder,
    pagesAllowed: pages,
    pageInstead: till.instead,
    picture: (hash) => till.picture(hash),
    attach: service.attach,
    log: (event) => log.warn(event, "page host"),
  });
  side.onEnd(() => host.close());
  const socket = await openLocalSocket(options.folder, service.attachAs("tool"));
  side.onEnd(() => socket.close());
  const addresses = pages.map((page) => [page, `${host.url}/${page}/#token=${tokens.pageToken(page)}`]);
  side.ready({ url: host.url, pages: Object.fromEntries(addresses) });
  void till.ended?.then((how) => {
    // Whoever supervises it starts it again, unless it has left its shop.
    if (how === "signed-out") process.stderr.write(`${sentenceOf(new TillError("till.signed-out"))}\n`);
    side.end(how === "signed-out" ? exitForGood : 0);
  });
}
