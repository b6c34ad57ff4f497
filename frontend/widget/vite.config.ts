import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { defineConfig, type Plugin } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const lucide = dirname(createRequire(import.meta.url).resolve("lucide-static/package.json"));
const PREFIX = "icon:";

/** `import drawing from "icon:clock"`: the inside of that icon as a static template, nothing parsed at run time. */
function icons(): Plugin {
  return {
    name: "icons",
    enforce: "pre",
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null;
      const file = readFileSync(join(lucide, "icons", `${id.slice(PREFIX.length + 1)}.svg`), "utf8");
      const inner = file.slice(file.indexOf(">", file.indexOf("<svg")) + 1, file.lastIndexOf("</svg>"));
      return `import { svg } from "lit";\nexport default svg\`${inner.replace(/\s+/g, " ").trim()}\`;`;
    },
  };
}

// One file under one stable name: pages that embed it are never rebuilt.
export default defineConfig({
  root: here,
  base: "./",
  publicDir: false,
  plugins: [icons()],
  build: {
    outDir: "../dist/widget",
    emptyOutDir: true,
    target: "es2022",
    cssTarget: ["chrome123", "safari18", "firefox128"],
    lib: { entry: "horarium.ts", formats: ["es"], fileName: () => "horarium.js" },
    // Vite leaves the white space of libraries alone, for bundlers that come after it; none comes after this.
    rollupOptions: { output: { minify: true } },
  },
});
