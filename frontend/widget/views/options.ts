import { html, nothing, type TemplateResult } from "lit";

import { placesOf } from "../api.js";
import { icon } from "../icons.js";
import { UNSAID, type Choice, type Extra, type Offering, type Resource, type TicketType } from "../types.js";
import type { Key } from "../words.js";
import type { Scene } from "./scene.js";

const PILLS = 6;
const MOST_OF_ONE = 20;
const KINDS = ["person", "room", "hall", "vehicle", "equipment"];

export function optionsView(scene: Scene): TemplateResult {
  const { flow, say } = scene;
  const offering = flow.offering;
  if (!offering) return html``;
  return html`<h2 id="heading" part="heading" tabindex="-1">${offering.name}</h2>
    <div class="options">
      ${
        offering.mode === "stay"
          ? guests(scene, offering)
          : offering.mode === "session"
            ? tickets(scene, offering)
            : html`${offering.durations.length > 1 ? durations(scene, offering) : nothing}
              ${offering.party_max > offering.party_min ? party(scene, offering) : nothing}`
      }
      ${offering.resources.length > 1 ? resources(scene, offering) : nothing}
      ${offering.extras.length ? extras(scene, offering) : nothing}
    </div>
    <div class="actions">
      <button
        type="button"
        class="button primary"
        part="button button-primary"
        ?disabled=${!isSaid(offering, flow.choice)}
        @click=${() => flow.lookForTimes()}
      >
        ${say.text("toTimes")}${icon("arrowRight")}
      </button>
      ${offering.mode === "slot" ? visit(scene) : nothing}
    </div>`;
}

/** Several people or several things are planned on the booking page, which takes over what is chosen. */
export function visit({ flow, say }: Scene): TemplateResult | typeof nothing {
  const page = flow.visitPage;
  return page
    ? html`<a class="button" part="button" href=${page}>${icon("calendar")}<span>${say.text("visit")}</span></a>`
    : nothing;
}

/** Whether free times can be asked for: tickets that take a place, and the age of every child. */
function isSaid(offering: Offering, choice: Choice): boolean {
  if (offering.mode === "session") return placesOf(offering, choice) > 0;
  return !choice.ages.includes(UNSAID);
}

function durations({ flow, formats, say }: Scene, offering: Offering): TemplateResult {
  if (offering.durations.length > PILLS)
    return html`<div class="field short">
      <label for="duration">${say.text("howLong")}</label>
      <select
        id="duration"
        part="input"
        @change=${(event: Event) => flow.want({ duration: Number((event.target as HTMLSelectElement).value) })}
      >
        ${offering.durations.map(
          (one) =>
            html`<option value=${one} ?selected=${one === flow.choice.duration}>${formats.duration(one, say)}</option>`,
        )}
      </select>
    </div>`;
  return html`<fieldset class="field">
    <legend>${say.text("howLong")}</legend>
    <div class="pills">
      ${offering.durations.map(
        (one) =>
          html`<label class="pill" part="option">
            <input
              type="radio"
              name="duration"
              .checked=${one === flow.choice.duration}
              @change=${() => flow.want({ duration: one })}
            />
            <span>${formats.duration(one, say)}</span>
          </label>`,
      )}
    </div>
  </fieldset>`;
}

function party({ flow, say }: Scene, offering: Offering): TemplateResult {
  const count = offering.party_max - offering.party_min + 1;
  const numbers = Array.from({ length: count }, (_, more) => offering.party_min + more);
  return html`<div class="field short">
    <label for="party">${say.text("howMany")}</label>
    <select
      id="party"
      part="input"
      @change=${(event: Event) => flow.want({ party: Number((event.target as HTMLSelectElement).value) })}
    >
      ${numbers.map((one) => html`<option value=${one} ?selected=${one === flow.choice.party}>${one}</option>`)}
    </select>
  </div>`;
}

export function choose(
  id: string,
  label: string,
  chosen: number,
  numbers: readonly number[],
  take: (value: number) => void,
): TemplateResult {
  return html`<div class="field short">
    <label for=${id}>${label}</label>
    <select id=${id} part="input" @change=${(event: Event) => take(Number((event.target as HTMLSelectElement).value))}>
      ${
        chosen === UNSAID
          ? html`<option value=${UNSAID} selected disabled>–</option>`
          : nothing
      }${numbers.map((one) => html`<option value=${one} ?selected=${one === chosen}>${one}</option>`)}
    </select>
  </div>`;
}

export const upTo = (last: number, first = 0): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, more) => first + more);

function guests({ flow, say }: Scene, { party_max: most }: Offering): TemplateResult {
  const { adults, ages } = flow.choice;
  const children = (count: number) => upTo(count - 1).map((at) => ages[at] ?? UNSAID);
  return html`${choose("adults", say.text("adultsLabel"), adults, upTo(most, 1), (value) =>
    flow.want({ adults: value, ages: children(Math.min(ages.length, most - value)) }),
  )}
  ${
    most > adults || ages.length
      ? choose("children", say.text("childrenLabel"), ages.length, upTo(most - adults), (value) =>
          flow.want({ ages: children(value) }),
        )
      : nothing
  }
  ${ages.map((age, at) =>
    choose(`age-${at}`, say.text("ageOf", { n: at + 1 }), age, upTo(17), (value) =>
      flow.want({ ages: ages.map((one, other) => (other === at ? value : one)) }),
    ),
  )}`;
}

function tickets({ flow, formats, say }: Scene, offering: Offering): TemplateResult {
  const wanted = flow.choice.tickets;
  const types = offering.session?.ticket_types ?? [];
  const priceOf = ({ price_from: price }: TicketType) =>
    price.minor ? say.text("from", { price: formats.money(price) }) : say.text("free");
  return html`${types.map((one) =>
    choose(`ticket-${one.id}`, `${one.name}, ${priceOf(one)}`, wanted[one.id] ?? 0, upTo(Math.min(one.max_per_order, MOST_OF_ONE)), (value) =>
      flow.want({ tickets: { ...wanted, [one.id]: value } }),
    ),
  )}`;
}

/** The words for resources of this kind: "Specialist" and "Any specialist". */
export function resourceWords(resource: Resource | undefined): { readonly one: Key; readonly any: Key } {
  const kind = resource && KINDS.includes(resource.kind) ? resource.kind : "equipment";
  return { one: kind as Key, any: `${kind}Any` as Key };
}

function resources(scene: Scene, offering: Offering): TemplateResult {
  const { say } = scene;
  const words = resourceWords(offering.resources[0]);
  const portrait = offering.resources[0]?.kind === "person";
  return html`<fieldset class="field">
    <legend>${say.text(words.one)}</legend>
    <div class="people">
      ${person(scene, { id: "", name: say.text(words.any), title: "" }, icon("sparkles"), portrait)}
      ${offering.resources.map((one) => {
        const photo = scene.file(one.photo);
        const face = photo
          ? html`<img src=${photo} alt="" loading="lazy" decoding="async" />`
          : html`${initials(one.name)}`;
        return person(scene, one, face, portrait);
      })}
    </div>
  </fieldset>`;
}

function person(
  { flow }: Scene,
  who: Pick<Resource, "id" | "name" | "title">,
  face: unknown,
  portrait: boolean,
): TemplateResult {
  return html`<label class="person" part="option">
    <input
      type="radio"
      name="resource"
      .checked=${who.id === flow.choice.resource}
      @change=${() => flow.want({ resource: who.id })}
    />
    <span class=${portrait ? "face" : "face square"} aria-hidden="true">${face}</span>
    <span class="person-name">${who.name}${who.title ? html`<small>${who.title}</small>` : nothing}</span>
  </label>`;
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
}

function extras(scene: Scene, offering: Offering): TemplateResult {
  const { flow, say } = scene;
  const chosen = flow.choice.extras;
  const take = ({ id }: Extra, count: number) =>
    flow.want({ extras: [...chosen.filter((one) => one !== id), ...Array<string>(count).fill(id)] });
  return html`<fieldset class="field">
    <legend>${say.text("extras")}</legend>
    <div class="extras">${offering.extras.map((one) => extra(scene, one, countOf(chosen, one.id), (count) => take(one, count)))}</div>
  </fieldset>`;
}

function extra(scene: Scene, one: Extra, count: number, take: (count: number) => void): TemplateResult {
  const price = priceOf(scene, one);
  const name = html`<span
    >${one.name}${price ? html`<small class="num">${price}</small>` : nothing}${
      one.summary ? html`<small>${one.summary}</small>` : nothing
    }</span
  >`;
  if (one.max_quantity < 2)
    return html`<label class="extra" part="option">
      <input type="checkbox" .checked=${count > 0} @change=${() => take(count ? 0 : 1)} />${name}
    </label>`;
  return html`<label class="extra" part="option">
    ${name}
    <select part="input" @change=${(event: Event) => take(Number((event.target as HTMLSelectElement).value))}>
      ${upTo(Math.min(one.max_quantity, MOST_OF_ONE)).map(
        (number) => html`<option value=${number} ?selected=${number === count}>${number}</option>`,
      )}
    </select>
  </label>`;
}

/** "+ €10 a night"; nothing for what comes free. */
function priceOf({ formats, say }: Scene, { price, basis }: Extra): string {
  return price?.minor ? say.text(basis ?? "flat", { price: formats.money(price) }) : "";
}

export const countOf = (extras: readonly string[], id: string): number => extras.filter((one) => one === id).length;
