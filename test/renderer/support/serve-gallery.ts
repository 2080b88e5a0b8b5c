import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

/** The policy both hosts serve the pages under; the one hash is the style that react-aria's press handling adds. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-elem 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
};

/** The gallery writes a picture's name where a hash would stand: two hexadecimal digits a letter, padded with zeros. */
function pictureFile(root: string, hash: string): string {
  const name = Buffer.from(hash, "hex").toString("latin1").replaceAll("\0", "");
  return join(root, "platform/demo/pictures", `${name.replaceAll(/[^a-z-]/g, "")}.svg`);
}

/** Serves the built gallery and the demo's pictures on a free port of the loopback address. */
export async function serveGallery(root: string, folder: string): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const picture = /^\/pictures\/([0-9a-f]{64})$/.exec(path)?.[1];
    const file =
      picture === undefined
        ? join(folder, normalize(path.endsWith("/") ? `${path}index.html` : path))
        : pictureFile(root, picture);
    if (!file.startsWith(root) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("Content-Security-Policy", contentPolicy);
    response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
    readFile(file).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
