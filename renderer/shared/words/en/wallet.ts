/** Every text of the shopper's phone, in English, as ICU messages. */
export const walletWords = {} as const;
