import { z } from "zod";
import { create } from "zustand";
import { faultOf, type Fault } from "../../../main/contract/errors.ts";
import type { TillContract } from "../../../main/contract/methods.ts";
import { maximumMessageCharacters, newMessageSchema, type NewMessage } from "../../../sync/protocol/chat.ts";
import type { Session } from "../../shared/session.ts";

/** What is being written into a thread, and what it is about. */
export type Draft = { readonly text: string; readonly about?: string | undefined };

/** A message that the platform has not taken yet: it is on its way, or it came back and waits to be sent again. */
export type Unsent = {
  readonly threadId: string;
  readonly message: NewMessage;
  readonly at: number;
  readonly isSending: boolean;
  readonly fault: Fault | null;
};

type Chat = {
  /** By the thread's id; the operator's thread is "operator", so that one can write before its id is known. */
  readonly drafts: Readonly<Record<string, Draft>>;
  readonly unsent: readonly Unsent[];
};

const chatAtStart: Chat = { drafts: {}, unsent: [] };

/** What is written here and not at the platform. */
export const useChat = create<Chat>(() => chatAtStart);

/** Puts what is written here into a state; for the gallery. */
export function setChat(chat: Partial<Chat>): void {
  useChat.setState({ ...chatAtStart, ...chat });
}

/** Keeps what is being written into a thread; nothing at all removes it. */
export function setDraft(thread: string, draft: Draft): void {
  const { [thread]: _old, ...others } = useChat.getState().drafts;
  const isEmpty = draft.text === "" && draft.about === undefined;
  useChat.setState({ drafts: isEmpty ? others : { ...others, [thread]: draft } });
}

/** Begins a question to the operator about a receipt; what was being written stays. */
export function askOperator(receiptCode: string): void {
  const text = useChat.getState().drafts["operator"]?.text ?? "";
  setDraft("operator", { text, about: receiptCode });
}

/** What was not sent stays until it is; more than this many are not taken. */
export const mostUnsent = 50;

function change(messageId: string, next: Partial<Unsent>): void {
  const unsent = useChat
    .getState()
    .unsent.map((each) => (each.message.messageId === messageId ? { ...each, ...next } : each));
  useChat.setState({ unsent });
}

/** Sends a message, or one that came back once more: the same id, so that it stands once however often it is sent. */
export async function deliver(call: Session<TillContract>["call"], { threadId, message }: Unsent): Promise<void> {
  change(message.messageId, { isSending: true, fault: null });
  try {
    await call("chat.send", { threadId, message });
    useChat.setState({
      unsent: useChat.getState().unsent.filter((each) => each.message.messageId !== message.messageId),
    });
  } catch (error) {
    change(message.messageId, { isSending: false, fault: faultOf(error) });
  }
}

/** Takes what is written in a thread as a new message with an id of its own, or gives null where there is nothing. */
export function takeDraft(draftName: string, threadId: string, now: number): Unsent | null {
  const { drafts, unsent } = useChat.getState();
  const text = drafts[draftName]?.text.trim() ?? "";
  if (text === "" || unsent.length >= mostUnsent) return null;
  const about = drafts[draftName]?.about;
  const message = { messageId: crypto.randomUUID(), text: text.slice(0, maximumMessageCharacters) };
  const taken: Unsent = {
    threadId,
    message: about === undefined ? message : { ...message, about },
    at: now,
    isSending: true,
    fault: null,
  };
  useChat.setState({ unsent: [...unsent, taken] });
  setDraft(draftName, { text: "" });
  return taken;
}

const storageName = "suanpan.manager-chat";
const keptSchema = z.object({
  drafts: z.record(z.string(), z.object({ text: z.string(), about: z.string().optional() })),
  unsent: z.array(z.object({ threadId: z.string(), message: newMessageSchema, at: z.number() })).max(mostUnsent),
});

function readKept(storage: Storage): Chat {
  try {
    const { drafts, unsent } = keptSchema.parse(JSON.parse(storage.getItem(storageName) ?? ""));
    return { drafts, unsent: unsent.map((each) => ({ ...each, isSending: false, fault: null })) };
  } catch {
    // What cannot be read was written by another version, or there is nothing yet.
    return chatAtStart;
  }
}

/** Keeps what is not sent over a reload of this tab. */
export function keepChat(storage: Storage): void {
  setChat(readKept(storage));
  useChat.subscribe(({ drafts, unsent }) => storage.setItem(storageName, JSON.stringify({ drafts, unsent })));
}
