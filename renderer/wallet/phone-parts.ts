import type { PageParts } from "../shared/platform-page/page-parts.ts";
import type { PhoneKeys } from "./phone-keys.ts";
import type { PhoneMemory } from "./phone-memory.ts";
import type { PlatformClient } from "./platform-client.ts";

/** What a phone stands on. */
export type PhoneParts = PageParts & {
  readonly client: PlatformClient;
  readonly keys: PhoneKeys;
  readonly memory: PhoneMemory;
  random(): number;
};
