import { fileURLToPath } from "node:url";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { findPicture } from "../changes/pictures.ts";
import type { Database } from "../database/database.ts";
import { addRoute } from "../http/application.ts";
import { createPages, platformPages } from "./pages.ts";

/** Where the build puts the pages. */
const builtPages = fileURLToPath(new URL("../../renderer/dist", import.meta.url));

/**
 * Serves the phone's and the console's page with their files, and pictures at the pages' own address. What is in them is
 * public: whoever uses them shows a session or the operator's token to the paths below `/v1`.
 */
export function addPageRoutes(
  application: FastifyInstance,
  { database, folder = builtPages }: { database: Database; folder?: string },
): void {
  const pages = createPages({ folder, picture: (hash) => findPicture(database, hash) });
  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    // The path as it came: what the router would decode is looked up under no other name.
    const [pathname = ""] = (request.raw.url ?? "").split("?", 1);
    const { status, headers, bytes } = await pages(pathname);
    return reply.status(status).headers(headers).send(Buffer.from(bytes));
  }
  const places = platformPages.flatMap((name) => [`/${name}`, `/${name}/*`]);
  for (const url of ["/", ...places, "/assets/*", "/pictures/*"]) addRoute(application, "GET", url, {}, answer);
}
