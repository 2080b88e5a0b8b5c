import { decodeBase45 } from "../../../sync/protocol/base45.ts";
import { parseBadgeCode } from "../../../sync/protocol/badge-code.ts";
import { readSign1 } from "../../../sync/protocol/cose.ts";
import { headerLabels } from "../../../sync/protocol/labels.ts";
import { ProtocolError } from "../../../sync/protocol/protocol-error.ts";
import { parseReceiptCode } from "../../../sync/protocol/receipt-code.ts";
import { readSpendToken } from "../../../sync/protocol/token.ts";
import { unknown, type Recognition } from "./recognition.ts";

/** Codes of ours whose content is signed and whose claims are for the one who verifies them. */
const signedKinds = {
  "PR1:": "payment-request",
  "PP1:": "payment-proof",
  "PX1:": "exit",
  "PB1:": "basket",
} as const;

const prefixLength = 4;

/** The alphabet of base45 (RFC 9285, section 4.2). The shortest signed message has 64 bytes of signature and some around. */
const signedGrammar = /^[0-9A-Z $%*+./:-]{105,1020}$/;

/** 1,020 characters of base45 hold no more. */
const maximumSignedBytes = 680;

/** Both schemes of the protocol sign with two times 32 bytes (RFC 8032, section 5.1.6; RFC 9053, section 2.1). */
const signatureBytes = 64;

/**
 * Codes that the platform, its wallets and its tills make: a prefix and base45. The form is read whole here, in the strict
 * way of the protocol; signatures are for the one who acts on the code. Null where it has no prefix of ours: nothing else
 * begins like this, so that a code with one that is not whole was misread, and is never taken for something else.
 */
export function recogniseOwnCode(text: string): Recognition | null {
  switch (text.slice(0, prefixLength)) {
    case "PT1:":
      return isSpendToken(text)
        ? { kind: "spend-token", fields: { text }, reason: null }
        : unknown(text, "wallet-code");
    case "PC1:": {
      const fields = parseReceiptCode(text);
      return fields === null ? unknown(text, "receipt-code") : { kind: "receipt", fields, reason: null };
    }
    case "PW1:": {
      const badgeId = parseBadgeCode(text);
      return badgeId === null ? unknown(text, "own-code") : { kind: "badge", fields: { badgeId }, reason: null };
    }
    case "PR1:":
    case "PP1:":
    case "PX1:":
    case "PB1:": {
      const kind = signedKinds[text.slice(0, prefixLength) as keyof typeof signedKinds];
      const isWhole = isSignedMessage(text.slice(prefixLength));
      return isWhole ? { kind, fields: { text }, reason: null } : unknown(text, "own-code");
    }
    default:
      return null;
  }
}

function isSpendToken(text: string): boolean {
  return holds(() => void readSpendToken(text));
}

/** An untagged COSE_Sign1 (RFC 9052, section 4.2) in its one deterministic form, with its algorithm where it is signed. */
function isSignedMessage(encoded: string): boolean {
  if (!signedGrammar.test(encoded)) return false;
  return holds(() => {
    const limits = { maximumBytes: maximumSignedBytes, deterministic: true };
    const message = readSign1(decodeBase45(encoded), limits);
    if (message.signature.length !== signatureBytes || !message.protectedHeader.has(headerLabels.algorithm)) {
      throw new ProtocolError("cose.structure", "Not signed by a scheme of the protocol");
    }
  });
}

function holds(read: () => void): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}
