import { readFile, realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { fileAnswer, pictureAnswer, plainAnswer, type PageAnswer } from "./page-headers.ts";

/** A picture of a good: its media type and its bytes. */
export type Picture = { type: string; bytes: Uint8Array };

/** What the pages of a host are made of. */
export type PagesOptions = {
  /** The folder of the built renderer: a folder with an `index.html` for each page, and `assets/`. */
  folder: string;
  /** The pages that may be had here, the first one for `/`. A till does not serve the demo's counter. */
  allowed: readonly [string, ...string[]];
  /** The page that is shown at the address of each of them instead, while there is one. */
  instead?(): string | undefined;
  /** Finds a picture by the SHA-256 of its content, in small hexadecimal letters. */
  picture(hash: string): Picture | null | Promise<Picture | null>;
};

/** Answers one path of one host. */
export type Pages = (pathname: string) => Promise<PageAnswer>;

const typeOfExtension: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".wasm": "application/wasm",
  ".mp3": "audio/mpeg",
  ".txt": "text/plain; charset=utf-8",
};

const pictureTypes: ReadonlySet<string> = new Set(["image/svg+xml", "image/png", "image/jpeg", "image/webp"]);

const maximumPathCharacters = 300;
const maximumSegments = 6;

// No dot at the front, no slash or backslash, no percent sign: what a build of ours never writes is never looked up.
const segmentPattern = /^[A-Za-z0-9_@-][A-Za-z0-9_@.-]*$/;
const picturePattern = /^\/pictures\/([0-9a-f]{64})$/;
// Vite puts eight characters of the content's hash before the extension of everything in `assets/`.
const hashedPattern = /^assets\/.*[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

/**
 * Answers paths from the folder of the built renderer and from the till's pictures. A path leads to a file only when
 * each of its parts is a plain name and the file, links followed, lies inside the folder; there are no listings.
 */
export function createPages({ folder, allowed, instead, picture }: PagesOptions): Pages {
  return async (pathname) => {
    if (pathname === "/") return movedTo(`/${allowed[0]}/`);
    const page = pathname.slice(1);
    if (allowed.includes(page)) return movedTo(`/${page}/`);
    const hash = picturePattern.exec(pathname)?.[1];
    if (hash !== undefined) return answerPicture(await picture(hash));
    const path = pathname.endsWith("/") ? `${page}index.html` : page;
    if (!isPlainPath(path)) return notFound();
    if (!path.endsWith(".html")) return answerFile(folder, path);
    const named = allowed.find((name) => path === `${name}/index.html`);
    return named === undefined ? notFound() : answerFile(folder, `${instead?.() ?? named}/index.html`);
  };
}

function isPlainPath(path: string): boolean {
  if (path.length > maximumPathCharacters) return false;
  const segments = path.split("/");
  return segments.length <= maximumSegments && segments.every((segment) => segmentPattern.test(segment));
}

async function answerFile(folder: string, path: string): Promise<PageAnswer> {
  const type = typeOfExtension[extname(path)];
  if (type === undefined) return notFound();
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, path));
    if (!file.startsWith(root + sep) || !(await stat(file)).isFile()) return notFound();
    return fileAnswer(type, await readFile(file), hashedPattern.test(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return notFound();
    throw error;
  }
}

function answerPicture(found: Picture | null): PageAnswer {
  return found === null || !pictureTypes.has(found.type) ? notFound() : pictureAnswer(found.type, found.bytes);
}

function movedTo(location: string): PageAnswer {
  return plainAnswer(302, "The page is at another address.", { Location: location });
}

function notFound(): PageAnswer {
  return plainAnswer(404, "There is nothing at this address.");
}
