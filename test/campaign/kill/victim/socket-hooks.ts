import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import { Socket } from "node:net";
import type { Reach } from "./database-hooks.ts";

/** `ESC p`, the command that opens a drawer. */
const drawerCommand = Buffer.from([0x1b, 0x70]);

/** Longer than any command, shorter than any receipt. */
const leastReceiptBytes = 200;

/** Watches what leaves for the printer and what is asked of the platform. Nothing of it is changed. */
export function hookSockets(reach: Reach, printerPort: () => number | undefined): void {
  const { write } = Socket.prototype;
  Socket.prototype.write = function hookedWrite(this: Socket, ...given: Parameters<typeof write>) {
    const result = write.apply(this, given);
    const [bytes] = given as unknown[];
    if (bytes instanceof Uint8Array && this.remotePort === printerPort()) {
      if (bytes.length >= leastReceiptBytes) reach("paper.sent");
      else if (Buffer.from(bytes).includes(drawerCommand)) reach("drawer.sent");
    }
    return result;
  } as typeof write;
  subscribe("http.client.request.created", (message) => {
    if (isCharge(message)) reach("charge.leaving");
  });
  subscribe("http.client.response.finish", (message) => {
    if (isCharge(message)) reach("charge.answered");
  });
}

function isCharge(message: unknown): boolean {
  const { request } = message as { request: ClientRequest };
  return request.method === "POST" && request.path === "/v1/charges";
}
