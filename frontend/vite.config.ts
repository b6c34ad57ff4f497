import { defineConfig } from "vite";

// A relative base keeps every url() and dynamic import working under any static prefix.
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    target: "es2022",
    cssTarget: ["chrome123", "safari18", "firefox128"],
    rollupOptions: {
      input: {
        storefront: "entries/storefront.ts",
        backoffice: "entries/backoffice.ts",
        calendar: "entries/calendar.ts",
        gallery: "entries/gallery.ts",
      },
    },
  },
});
