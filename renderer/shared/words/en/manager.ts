/** Every text of the manager's page, in English, as ICU messages. */
export const managerWords = {} as const;
