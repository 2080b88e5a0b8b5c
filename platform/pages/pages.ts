import { readFile, realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { fileAnswer, pictureAnswer, plainAnswer, type PageAnswer } from "./page-headers.ts";

/** The platform's own pages, the first one for `/`. The till's are the till's, though they are built into one folder. */
export const platformPages = ["wallet", "console"] as const;

/** What the pages are made of. */
export type PagesOptions = {
  /** The folder of the built renderer: a folder with an `index.html` for each page, and `assets/`. */
  folder: string;
  /** Finds a picture by the SHA-256 of its content, in small hexadecimal letters. */
  picture(hash: string): Promise<{ mediaType: string; bytes: Uint8Array } | null>;
};

/** Answers one path as it was asked for, undecoded and without its query. */
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
 * Answers paths from the folder of the built renderer and from the pictures. A path leads to a file only when each of its
 * parts is a plain name and the file, links followed, lies inside the folder; there are no listings.
 */
export function createPages({ folder, picture }: PagesOptions): Pages {
  return async (pathname) => {
    if (pathname === "/") return movedTo(`/${platformPages[0]}/`);
    const page = pathname.slice(1);
    if (platformPages.some((name) => name === page)) return movedTo(`/${page}/`);
    const hash = picturePattern.exec(pathname)?.[1];
    if (hash !== undefined) return answerPicture(await picture(hash));
    const path = pathname.endsWith("/") ? `${page}index.html` : page;
    if (!isPlainPath(path)) return notFound();
    if (path.endsWith(".html") && !platformPages.some((name) => path === `${name}/index.html`)) return notFound();
    return answerFile(folder, path);
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

function answerPicture(found: { mediaType: string; bytes: Uint8Array } | null): PageAnswer {
  if (found === null || !pictureTypes.has(found.mediaType)) return notFound();
  return pictureAnswer(found.mediaType, found.bytes);
}

function movedTo(location: string): PageAnswer {
  return plainAnswer(302, "The page is at another address.", { Location: location });
}

function notFound(): PageAnswer {
  return plainAnswer(404, "There is nothing at this address.");
}
