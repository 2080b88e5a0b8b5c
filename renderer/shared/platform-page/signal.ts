/** Whether the platform answers. `since` is when it was first missed, in milliseconds since 1970. */
export type Signal =
  | { readonly kind: "reaching" }
  | { readonly kind: "here" }
  | { readonly kind: "away"; readonly since: number };
