/** An icon of Lucide by its name, drawn into the bundle by `vite.config.ts`. */
declare module "icon:*" {
  const drawing: import("lit").SVGTemplateResult;
  export default drawing;
}
