import { writeFile } from "node:fs/promises";
import { openApiText } from "./openapi.ts";

// Writes docs/openapi.json. A test fails when the file is not what the schemas say.
await writeFile(new URL("../../docs/openapi.json", import.meta.url), openApiText());
