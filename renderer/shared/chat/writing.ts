import { useState, type KeyboardEvent } from "react";
import { maximumMessageCharacters } from "../../../sync/protocol/chat.ts";
import { mostOutgoing } from "./chat-rooms.ts";

/** From here on the characters that are left are told. */
const tellLeftFrom = 100;

/** How many characters are left, once so few are that it has to be told. */
export function leftToTell(text: string): number | undefined {
  const left = maximumMessageCharacters - text.length;
  return left < tellLeftFrom ? left : undefined;
}

/** Sends with Enter. With Shift it makes a new line, and one that ends the choice of a Chinese character does not send. */
export function sendOnEnter(event: KeyboardEvent, send: () => void): void {
  if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  send();
}

/** A message that is being written. */
export type Writing = {
  readonly text: string;
  setText(text: string): void;
  readonly isEmpty: boolean;
  /** So many messages wait to be sent that no more are taken. */
  readonly isFull: boolean;
  send(): void;
};

/** Lets somebody write a message. `onSend` hears what was written, unless it is nothing or too much waits already. */
export function useWriting(outgoingCount: number, onSend: (text: string) => void): Writing {
  const [text, setText] = useState("");
  const isEmpty = text.trim() === "";
  const isFull = outgoingCount >= mostOutgoing;
  return {
    text,
    setText,
    isEmpty,
    isFull,
    send() {
      if (isEmpty || isFull) return;
      onSend(text);
      setText("");
    },
  };
}
