import { z } from "zod";

/** Anything that JSON can say. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** An object of JSON. */
export type JsonObject = { [key: string]: JsonValue };

/** One schema as JSON Schema. */
export function jsonSchema(schema: z.ZodType): JsonValue {
  return plain(z.toJSONSchema(schema));
}

/** A generated schema as data, without the names by which JSON Schema finds it outside of an OpenAPI document. */
export function plain(schema: object): JsonValue {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === "$schema" || key === "$id" ? undefined : value,
  );
  return JSON.parse(text) as JsonValue;
}
