import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Every folder with an `index.html` is a page; the gallery is built only where it is asked for. */
function pages(withGallery: boolean): Record<string, string> {
  const folders = readdirSync(here("."), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders
    .map(({ name }) => name)
    .filter((name) => name !== "dist" && (withGallery || name !== "gallery"));
  const files = names.map((name): [string, string] => [name, here(`${name}/index.html`)]);
  return Object.fromEntries(files.filter(([, file]) => existsSync(file)));
}

/**
 * Builds the pages into `renderer/dist`. Everything is a file of its own, because the pages run under a content policy
 * without inline scripts, inline styles or `data:` fonts. `--mode gallery` builds the same pages and the gallery of
 * components into `.artefacts/gallery`; the gallery is for developers and tests and is not shipped.
 */
export default defineConfig(({ mode }) => ({
  root: here("."),
  plugins: [react()],
  build: {
    outDir: mode === "gallery" ? here("../.artefacts/gallery") : here("dist"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "chrome130",
    cssTarget: "chrome130",
    chunkSizeWarningLimit: 1024,
    rolldownOptions: {
      input: pages(mode === "gallery"),
    },
  },
}));
