import { unsafeCSS, type CSSResult } from "lit";

import tokens from "../../css/tokens.css?inline";
import face from "./widget.css?inline";

/** Pages set the size of their root as they like, and a rem of theirs is not ours. */
const owned = (css: string): CSSResult =>
  unsafeCSS(css.replace(/(-?(?:\d+\.?\d*|\.\d+))rem\b/g, "calc($1 * var(--_rem))"));

export const sheets = [owned(tokens), owned(face)];
