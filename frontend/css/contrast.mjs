// Computes the WCAG contrast of every pair of colours that carries text or a border, in both themes and for
// difficult brands, from tokens.css itself. Fails when one is below its floor.
import { readFileSync } from "node:fs";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8").replace(/\/\*[^]*?\*\//g, "");
const tokens = new Map();
for (const [, name, value] of css.matchAll(/(--[\w-]+):\s*([^;]+);/g)) if (!tokens.has(name)) tokens.set(name, value.trim());

const brands = ["#17607a", "#2f6f62", "#b3261e", "#1a1a2e", "#ffd400", "#f5f5f5", "#e91e63", "#7c3aed", "#00c853"];
const text = [
  ["--ink", "--canvas"], ["--ink", "--paper"], ["--ink", "--raised"], ["--ink", "--sunken"], ["--ink", "--brand-tint"],
  ["--ink-2", "--canvas"], ["--ink-2", "--paper"], ["--ink-2", "--raised"], ["--ink-2", "--sunken"], ["--ink-2", "--brand-tint"],
  ["--ink-3", "--canvas"], ["--ink-3", "--paper"], ["--ink-3", "--raised"], ["--ink-3", "--sunken"],
  ["--brand-ink", "--canvas"], ["--brand-ink", "--paper"], ["--brand-ink", "--raised"], ["--brand-ink", "--brand-tint"],
  ["--on-bad", "--bad-solid"], ["--on-bad", "--bad-solid-hover"], ["--bad-ink", "--canvas"], ["--bad-ink", "--paper"],
  ...["ok", "warn", "bad", "info", "hold"].flatMap((hue) => [
    [`--${hue}-ink`, `--${hue}-tint`], [`--${hue}-ink`, "--paper"], ["--ink", `--${hue}-tint`],
  ]),
];
const marks = [
  ["--line-control", "--paper"], ["--line-control", "--canvas"], ["--line-control", "--raised"],
  ["--focus", "--canvas"], ["--focus", "--paper"], ["--brand-line", "--paper"], ["--bad-line", "--paper"],
];

const split = (list) => {
  const parts = [""];
  let depth = 0;
  for (const char of list) {
    if (char === "(") depth += 1;
    if (char === ")") depth -= 1;
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim());
};

function resolve(value, theme, brand) {
  value = value.trim().replace(/\s+/g, " ");
  if (value.startsWith("var(")) {
    const name = value.slice(4, -1);
    return resolve(name === "--brand" ? brand : tokens.get(name), theme, brand);
  }
  if (value.startsWith("light-dark(")) return resolve(split(value.slice(11, -1))[theme === "light" ? 0 : 1], theme, brand);
  if (value.startsWith("#")) return fromHex(value);
  const from = /^oklch\(from (var\([^)]*\)) (.*)\)$/.exec(value);
  if (!from) return value.slice(6, -1).split("/")[0].trim().split(" ").map(Number);
  const [l, c, h] = resolve(from[1], theme, brand);
  const parts = from[2].match(/(?:[a-z]+\([^()]*\)|[^\s]+)/g);
  return parts.map((part) => channel(part, { l, c, h }));
}

function channel(part, known) {
  if (part in known) return known[part];
  const call = /^(min|max|calc)\((.*)\)$/.exec(part);
  if (!call) return Number(part);
  if (call[1] === "calc") {
    const [name, sign, number] = call[2].split(" ");
    return known[name] + (sign === "-" ? -1 : 1) * Number(number);
  }
  return Math[call[1]](...call[2].split(",").map((each) => channel(each.trim(), known)));
}

function fromHex(hex) {
  const full = hex.length === 4 ? `#${[...hex.slice(1)].map((digit) => digit + digit).join("")}` : hex;
  const [r, g, b] = [1, 3, 5].map((at) => linear(parseInt(full.slice(at, at + 2), 16) / 255));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const [L, A, B] = [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
  return [L, Math.hypot(A, B), (Math.atan2(B, A) * 180) / Math.PI];
}

const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

function luminance([L, C, H]) {
  const [A, B] = [C * Math.cos((H * Math.PI) / 180), C * Math.sin((H * Math.PI) / 180)];
  const l = (L + 0.3963377774 * A + 0.2158037573 * B) ** 3;
  const m = (L - 0.1055613458 * A - 0.0638541728 * B) ** 3;
  const s = (L - 0.0894841775 * A - 1.291485548 * B) ** 3;
  const clamp = (value) => Math.min(1, Math.max(0, value));
  const r = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const g = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const b = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

let failures = 0;
let checked = 0;
for (const [pairs, floor] of [[text, 4.5], [marks, 3]]) {
  for (const theme of ["light", "dark"]) {
    for (const brand of brands) {
      for (const [ink, ground] of pairs) {
        const ratio = contrast(resolve(`var(${ink})`, theme, brand), resolve(`var(${ground})`, theme, brand));
        checked += 1;
        if (ratio >= floor) continue;
        failures += 1;
        console.log(`${ratio.toFixed(2)} < ${floor}  ${ink} on ${ground}, ${theme}, brand ${brand}`);
      }
    }
  }
}
console.log(`${checked} pairs, ${failures} below their floor`);
process.exit(failures ? 1 : 0);
