import { createHeldPage, type HeldStore } from "../shared/platform-page/held-page.tsx";
import type { PhoneActions, PhoneState, View } from "./phone-state.ts";

/** A phone as its screens see it. */
export type HeldPhone = HeldStore<PhoneState, PhoneActions>;

/**
 * Everything below the provider has the phone: what it knows, what can be done on it, the screen that is shown and the
 * way to another, its language and its time zone.
 */
export const {
  Provider: PhoneProvider,
  useState: usePhoneState,
  useActions: usePhone,
  useView,
  useGo,
  useSetLocale,
  useZone,
} = createHeldPage<PhoneState, PhoneActions, View>();
