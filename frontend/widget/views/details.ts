import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

import type { Demand } from "../flow.js";
import { icon } from "../icons.js";
import type { Contact } from "../types.js";
import type { Key } from "../words.js";
import type { Scene } from "./scene.js";
import { cancellation } from "./summary.js";

interface Field {
  readonly name: keyof Contact;
  readonly label: Key;
  readonly hint?: Key;
  readonly demand: Demand;
  readonly type: string;
  readonly autocomplete: string;
  readonly most: number;
}

export function detailsView(scene: Scene): TemplateResult {
  const { flow, say } = scene;
  const submit = (event: Event) => {
    event.preventDefault();
    void flow.book();
  };
  return html`<h2 id="heading" part="heading" tabindex="-1">${say.text("details")}</h2>
    ${news(scene)} ${repeating(scene)}
    <form class="details" novalidate @submit=${submit}>
      ${fieldsOf(scene).map((one) => field(scene, one))} ${notes(scene)}
      ${flow.refusal ? nothing : decision(scene)}
    </form>`;
}

function news(scene: Scene): TemplateResult | typeof nothing {
  const { flow, formats, say } = scene;
  if (flow.refusal) {
    const { text, alternatives } = flow.refusal;
    return html`<div id="news" class="alert warn" part="alert" role="alert" tabindex="-1">
      ${icon("calendarX")}
      <div>
        <p><strong>${text}</strong></p>
        <p>${say.text(alternatives.length ? "takenText" : "takenNothing")}</p>
        <div class="alternatives">
          ${alternatives.map(
            (slot) =>
              html`<button type="button" class="button" part="button" @click=${() => flow.takeInstead(slot)}>
                <span>${formats.whenOf(slot)}</span><span class="num muted">${formats.money(slot.price)}</span>
              </button>`,
          )}
        </div>
        <button type="button" class="link" @click=${() => flow.otherTimes()}>${say.text("otherTimes")}</button>
      </div>
    </div>`;
  }
  if (!flow.isNewTime || !flow.slot) return nothing;
  return html`<div id="news" class="alert info" part="alert" role="status" tabindex="-1">
    ${icon("calendar")}
    <p>${say.text("newTime", { moment: formats.whenOf(flow.slot) })}</p>
  </div>`;
}

/** The way to several dates, where the offering lets guests repeat it. */
function repeating({ flow, say }: Scene): TemplateResult | typeof nothing {
  if (flow.repeat || flow.refusal || flow.mostDates < 2) return nothing;
  return html`<p class="repeating">
    <button type="button" class="button" part="button" @click=${() => flow.startRepeating()}>
      ${icon("refresh")}<span>${say.text("repeat")}</span></button
    ><span class="muted small">${say.text("repeatText")}</span>
  </p>`;
}

function fieldsOf({ email, phone }: Scene): Field[] {
  const fields: Field[] = [
    { name: "name", label: "name", demand: "required", type: "text", autocomplete: "name", most: 120 },
    {
      name: "email",
      label: "email",
      hint: "emailHint",
      demand: email,
      type: "email",
      autocomplete: "email",
      most: 254,
    },
    { name: "phone", label: "phone", hint: "phoneHint", demand: phone, type: "tel", autocomplete: "tel", most: 32 },
  ];
  return fields.filter((one) => one.demand !== "hidden");
}

function field(scene: Scene, one: Field): TemplateResult {
  const { flow, say } = scene;
  const id = `field-${one.name}`;
  const error = flow.errors[one.name];
  const about = [error ? `${id}-error` : "", one.hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return html`<div class="field" part="field">
    <label for=${id}
      >${say.text(one.label)}${
        one.demand === "optional" ? html` <span class="faint">(${say.text("optional")})</span>` : nothing
      }</label
    >
    <input
      id=${id}
      part="input"
      name=${one.name}
      type=${one.type}
      autocomplete=${one.autocomplete}
      maxlength=${one.most}
      aria-required=${one.demand === "required" ? "true" : "false"}
      aria-invalid=${error ? "true" : "false"}
      aria-describedby=${about || nothing}
      .value=${live(flow.contact[one.name])}
      @input=${(event: Event) => flow.type(one.name, (event.target as HTMLInputElement).value)}
    />
    ${error ? html`<p class="error" id="${id}-error">${icon("circleAlert")}<span>${error}</span></p>` : nothing}
    ${one.hint ? html`<p class="hint" id="${id}-hint">${say.text(one.hint)}</p>` : nothing}
  </div>`;
}

function notes({ flow, say }: Scene): TemplateResult {
  return html`<div class="field wide" part="field">
    <label for="field-notes">${say.text("notes")} <span class="faint">(${say.text("optional")})</span></label>
    <textarea
      id="field-notes"
      part="input"
      name="notes"
      rows="2"
      maxlength="2000"
      .value=${live(flow.contact.notes)}
      @input=${(event: Event) => flow.type("notes", (event.target as HTMLTextAreaElement).value)}
    ></textarea>
  </div>`;
}

function decision(scene: Scene): TemplateResult {
  const { flow, say } = scene;
  const isBusy = flow.busy === "placing";
  return html`<p class="consent muted small wide">
      ${say.text("consent", { business: flow.business?.name ?? "" })} ${cancellation(scene)}
    </p>
    <div class="actions wide">
      <button
        type="submit"
        class="button primary large"
        part="button button-primary"
        aria-busy=${isBusy ? "true" : "false"}
      >
        <span>${resultOf(scene)}</span>
      </button>
      ${
        flow.slot && !flow.repeat
          ? html`<button type="button" class="button large" part="button" @click=${() => flow.putAside()}>
              ${icon("plus")}<span>${say.text("putAside")}</span>
            </button>`
          : nothing
      }
    </div>`;
}

/** The button says what pressing it does. */
function resultOf({ flow, formats, say }: Scene): string {
  const due = flow.quote?.due_now;
  if (due?.minor) return say.text("confirmAndPay", { amount: formats.money(due) });
  return say.text(flow.offering?.terms.needs_approval ? "request" : "confirm");
}
