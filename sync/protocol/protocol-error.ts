/** Why bytes or a text that came from outside are refused. The union is closed: a new reason is a new code here. */
export type ProtocolErrorCode =
  | "base45.length"
  | "base45.character"
  | "base45.overflow"
  | "cbor.too-large"
  | "cbor.too-deep"
  | "cbor.malformed"
  | "cbor.tag"
  | "cbor.type"
  | "cbor.not-deterministic"
  | "cose.structure"
  | "cose.header"
  | "cose.duplicate-label"
  | "cose.critical"
  | "cose.algorithm"
  | "cose.signature"
  | "token.too-long"
  | "token.not-a-token"
  | "token.malformed"
  | "token.unknown-issuer"
  | "token.bad-certificate"
  | "token.certificate-expired"
  | "token.bad-signature"
  | "token.expired"
  | "token.not-yet-valid"
  | "token.wrong-audience"
  | "proof.malformed"
  | "proof.unknown-key"
  | "proof.bad-signature"
  | "proof.expired"
  | "proof.not-yet-valid"
  | "proof.wrong-request"
  | "proof.wrong-body"
  | "proof.nonce"
  | "succession.malformed"
  | "succession.other-platform"
  | "succession.bad-signature";

/** Longer reasons are cut, because a parser's message may quote what a stranger wrote. */
const maximumDetailLength = 200;

/** Refuses something that came from outside. `detail` is for a log, never for a screen. */
export class ProtocolError extends Error {
  readonly code: ProtocolErrorCode;
  readonly detail: string;
  constructor(code: ProtocolErrorCode, detail: string, options?: { cause: unknown }) {
    const short = detail.slice(0, maximumDetailLength);
    super(`${code}: ${short}`, options);
    this.name = "ProtocolError";
    this.code = code;
    this.detail = short;
  }
}
