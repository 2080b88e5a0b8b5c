import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { readValue } from "./application.ts";

/** A path of the protocol as Fastify writes it: `:name` for `{name}`. */
export function route(path: string): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
}

/**
 * One part of a request's path as the schema has it.
 * @throws PlatformError `request.invalid`.
 */
export function readParameter<T extends z.ZodType>(request: FastifyRequest, name: string, schema: T): z.infer<T> {
  return readValue((request.params as Record<string, unknown>)[name], schema);
}
