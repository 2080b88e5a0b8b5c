/** Every text of the platform's console, in English, as ICU messages. */
export const consoleWords = {} as const;
