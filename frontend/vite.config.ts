import { build, defineConfig, type Plugin } from "vite";

/** The widget is a build of its own, into a folder that this one has just emptied. */
const widget: Plugin = {
  name: "widget",
  apply: "build",
  closeBundle: async () => {
    await build({ configFile: "widget/vite.config.ts" });
  },
};

// A relative base keeps every url() and dynamic import working under any static prefix.
export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [widget],
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
        door: "entries/door.ts",
        gallery: "entries/gallery.ts",
      },
    },
  },
});
