import { useCallback, useRef, useState } from "react";
import { faultOf, type Fault } from "../../../main/contract/errors.ts";
import type { ChatMessage } from "../../../sync/protocol/chat.ts";
import { useAgain, useAsk, useEvery } from "../till.tsx";

/** The messages of a thread as far as this page knows them; `null` until the platform has answered once. */
export type Messages = {
  readonly messages: readonly ChatMessage[] | null;
  /** The last cursor that the other side has read. */
  readonly readUpTo: number;
  /** There are older ones that are not shown. */
  readonly hasOlder: boolean;
  readonly fault: Fault | null;
};

const pollEveryMs = 3_000;
/** One thread in view holds at most so many messages; older ones stay at the platform. */
const mostMessages = 1_000;
const mostPages = 10;

const nothing: Messages = { messages: null, readUpTo: 0, hasOlder: false, fault: null };

/**
 * Follows a thread while it is in view: the newest messages first, then what comes after them, and says to the platform
 * that they were read. What is shown stays when the platform cannot be asked.
 */
export function useMessages(threadId: string): Messages & { refresh(): void } {
  const ask = useAsk();
  const again = useAgain();
  const [known, setKnown] = useState(nothing);
  const cursor = useRef<number | undefined>(undefined);
  const read = useRef(0);
  const isAsking = useRef(false);

  const readAll = useCallback(async (): Promise<void> => {
    for (let page = 0; page < mostPages; page += 1) {
      const after = cursor.current;
      const answer = await ask("chat.messages", { threadId, ...(after === undefined ? {} : { after }) });
      cursor.current = answer.messages.at(-1)?.cursor ?? after;
      setKnown(({ messages, hasOlder }) => ({
        messages: [...(messages ?? []), ...answer.messages].slice(-mostMessages),
        readUpTo: answer.readUpTo,
        hasOlder: after === undefined ? answer.more : hasOlder,
        fault: null,
      }));
      const upTo = answer.messages.findLast(({ from }) => from !== "shop")?.cursor ?? 0;
      if (upTo > read.current) {
        await ask("chat.read", { threadId, upTo });
        read.current = upTo;
        again("chat.threads", {});
      }
      if (after === undefined || !answer.more) return;
    }
  }, [ask, again, threadId]);

  const refresh = useCallback((): void => {
    if (isAsking.current) return;
    isAsking.current = true;
    readAll()
      .catch((error: unknown) => setKnown((before) => ({ ...before, fault: faultOf(error) })))
      .finally(() => {
        isAsking.current = false;
      });
  }, [readAll]);

  useEvery(refresh, pollEveryMs);
  return { ...known, refresh };
}
