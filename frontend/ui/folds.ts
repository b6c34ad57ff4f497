import htmx from "htmx.org";

type Swap = { ctx?: { request: { method: string } } };
type Attribute = { attrName: string; newValue: string | null };

/**
 * What somebody has unfolded stays open when fresh rows or prices are drawn; only the answer to a deed may fold it.
 * An id says that it is the same thing: without one it may stand for something else by now.
 */
export function startFolds(): void {
  let isFresh = false;
  htmx.registerExtension("folds", {
    htmx_before_swap: (_target: Element, { ctx }: Swap) => {
      isFresh = ctx?.request.method === "GET";
    },
    htmx_before_morph_attr: (element: Element, { attrName, newValue }: Attribute) =>
      !(isFresh && element instanceof HTMLDetailsElement && element.id && attrName === "open" && newValue === null),
  });
}
