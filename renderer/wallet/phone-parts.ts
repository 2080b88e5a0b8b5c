import type { PhoneKeys } from "./phone-keys.ts";
import type { PhoneMemory } from "./phone-memory.ts";
import type { PlatformClient } from "./platform-client.ts";

/** What a phone stands on. */
export type PhoneParts = {
  readonly client: PlatformClient;
  readonly keys: PhoneKeys;
  readonly memory: PhoneMemory;
  now(): number;
  random(): number;
  newId(): string;
  isVisible(): boolean;
  timers: { set(act: () => void, ms: number): number; clear(timer: number): void };
};
