import { html, nothing, type TemplateResult } from "lit";

import { icon } from "../icons.js";
import type { Scene } from "./scene.js";

/** The outside does not answer: said as that, with a way on and, from the page itself, the link to book. */
export function stuckView({ flow, say }: Scene): TemplateResult | typeof nothing {
  if (!flow.stuck) return nothing;
  const { trouble, again, unsure } = flow.stuck;
  const { kind, seconds } = trouble;
  const text =
    kind === "busy"
      ? say.text("busyText", { n: Math.max(1, Math.round(seconds)) })
      : say.text(unsure ? "downUnsure" : (`${kind}Text` as const));
  const canRetry = kind !== "missing" && kind !== "misplaced";
  const phone = flow.business?.phone;
  return html`<div id="stuck" class="alert ${kind === "busy" ? "warn" : "bad"}" part="alert" role="alert" tabindex="-1">
    ${icon(kind === "offline" ? "wifiOff" : kind === "busy" ? "hourglass" : "cloudOff")}
    <div>
      <p><strong>${say.text(kind)}</strong></p>
      <p>${text}</p>
      <p class="alert-actions">
        ${
          canRetry
            ? html`<button type="button" class="button" part="button" @click=${again}>${say.text("retry")}</button>`
            : nothing
        }
        ${phone ? html`<a class="link" href="tel:${phone}">${say.text("call", { phone })}</a>` : nothing}
        <slot></slot>
      </p>
    </div>
  </div>`;
}
