/** Every text of the kiosk, in English, as ICU messages. */
export const kioskWords = {} as const;
