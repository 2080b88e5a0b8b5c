/**
 * The one style sheet that react-aria's `usePress` adds to a page by itself, by its SHA-256 (CSP Level 3, section 2.3.1
 * "hash-source"). The till's pages have the same one; a test holds the two against each other.
 */
const pressStyleHash = "sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=";

const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  `style-src-elem 'self' '${pressStyleHash}'`,
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

// A picture that is opened by itself is a document too: it may draw, and nothing else.
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

const everywhere = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy":
    "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), display-capture=()",
} as const;

const forAYear = "public, max-age=31536000, immutable";

/** A body to be sent, with all of its headers. */
export type PageAnswer = { status: number; headers: Readonly<Record<string, string>>; bytes: Uint8Array };

/** A file of the built pages. A file whose name carries its content's hash never changes and is kept for a year. */
export function fileAnswer(type: string, bytes: Uint8Array, hashed: boolean): PageAnswer {
  const cache = hashed ? forAYear : "no-cache";
  return { status: 200, bytes, headers: headers(pagePolicy, type, cache) };
}

/** A picture of a good, addressed by the hash of its content. */
export function pictureAnswer(type: string, bytes: Uint8Array): PageAnswer {
  return { status: 200, bytes, headers: headers(picturePolicy, type, forAYear) };
}

/** A refusal in one plain sentence, which is never kept. `more` adds to its headers, such as `Location`. */
export function plainAnswer(status: number, text: string, more: Readonly<Record<string, string>> = {}): PageAnswer {
  const plain = headers(picturePolicy, "text/plain; charset=utf-8", "no-store");
  return { status, bytes: Buffer.from(`${text}\n`, "utf8"), headers: { ...plain, ...more } };
}

function headers(policy: string, type: string, cache: string): Record<string, string> {
  return { ...everywhere, "Content-Security-Policy": policy, "Content-Type": type, "Cache-Control": cache };
}
