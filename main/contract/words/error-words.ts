import type { TillErrorCode } from "../errors.ts";

/**
 * What a person reads about one error: what happened, what is safe, what to do, in that order. Each is a whole
 * sentence. `{name}` stands for a parameter of the fault; nothing else of ICU is used, so that the words can also be
 * filled without a formatting library.
 */
export type ErrorWords = { readonly happened: string; readonly safe: string; readonly todo: string };

/** The words of one language for every error the till can have. */
export type ErrorCatalogue = Readonly<Record<TillErrorCode, ErrorWords>>;
