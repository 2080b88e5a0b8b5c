/** Every text of the customer's display, in English, as ICU messages. */
export const customerWords = {} as const;
