import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

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
      input: {
        cashier: here("cashier/index.html"),
        counter: here("counter/index.html"),
        ...(mode === "gallery" ? { gallery: here("gallery/index.html") } : {}),
      },
    },
  },
}));
