import { defineConfig } from "vitest/config";

/**
 * One project on Node. Browser pages are driven through a real Chromium by Playwright from these same tests, so there
 * is no imitation of a browser anywhere. Two workers, because the tests start databases and browsers of their own.
 */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globals: false,
    globalSetup: ["test/support/build-pages.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: {
      // Without this an import of `electron` that was not mocked would download the binary in the middle of a test.
      ELECTRON_OVERRIDE_DIST_PATH: "/nonexistent/electron",
      TZ: "UTC",
    },
  },
});
