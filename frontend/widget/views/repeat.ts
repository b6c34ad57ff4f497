import { html, nothing, type TemplateResult } from "lit";

import { icon } from "../icons.js";
import {
  clashesOf,
  EVERY,
  isDecided,
  isOther,
  keptOf,
  leftOut,
  moved,
  nearest,
  often,
  putBack,
  type Occurrence,
  type Repeat,
} from "../repeats.js";
import type { Slot } from "../types.js";
import type { Key } from "../words.js";
import { choose, resourceWords, upTo } from "./options.js";
import type { Scene } from "./scene.js";

const NOTES: Readonly<Record<string, Key>> = { closed: "closed", horizon: "beyond", lead_time: "tooLate" };

/** Every date with its price, or with what is free near it. */
export function repeatView(scene: Scene): TemplateResult {
  const { flow, say } = scene;
  const repeat = flow.repeat;
  if (!repeat) return html``;
  return html`<h2 id="heading" part="heading" tabindex="-1">${say.text("severalDates")}</h2>
    <div class="options">
      ${every(scene, repeat)}
      ${choose("times", say.text("howManyDates"), repeat.times, upTo(flow.mostDates, 2), (times) => {
        void flow.plan(often(repeat, times));
      })}
    </div>
    ${flow.stuck ? nothing : dates(scene, repeat)}`;
}

function dates(scene: Scene, repeat: Repeat): TemplateResult {
  const { flow, say } = scene;
  const isLoading = flow.busy === "days";
  const bones = () => html`<div class="bones" aria-hidden="true">${upTo(repeat.times, 1).map(() => html`<span></span>`)}</div>`;
  return html`<section class="dates" aria-labelledby="dates-title" aria-busy=${isLoading ? "true" : "false"}>
      <h3 id="dates-title" tabindex="-1">${say.text(repeat.every === "month" ? "datesMonthly" : "datesTitle")}</h3>
      ${news(scene, repeat)}
      ${isLoading && !flow.dates.length ? bones() : nothing}
      <ol role="list">
        ${flow.dates.map((one) => date(scene, repeat, one))}
      </ol>
    </section>
    ${onwards(scene)}`;
}

function every({ flow, say }: Scene, repeat: Repeat): TemplateResult {
  return html`<fieldset class="field">
    <legend>${say.text("howOften")}</legend>
    <div class="pills">
      ${EVERY.map(
        (one) =>
          html`<label class="pill" part="option">
            <input
              type="radio"
              name="every"
              .checked=${one === repeat.every}
              @change=${() => flow.plan({ ...repeat, every: one, skip: [], starts: [] })}
            />
            <span>${say.text(one)}</span>
          </label>`,
      )}
    </div>
  </fieldset>`;
}

function news({ flow, say }: Scene, repeat: Repeat): TemplateResult | typeof nothing {
  const clashes = clashesOf(flow.dates);
  const isEmpty = flow.dates.length > 0 && flow.dates.every((one) => one.is_skipped);
  if (!clashes.length && !isEmpty && !flow.refusal) return nothing;
  const title = flow.refusal?.text ?? say.text(isEmpty ? "allLeftOut" : "datesTaken", { n: clashes.length });
  const text = flow.refusal ? "" : say.text(isEmpty ? "allLeftOutText" : "datesTakenText");
  return html`<div id="news" class="alert warn" part="alert" tabindex="-1">
    ${icon("calendarX")}
    <div>
      <p><strong>${title}</strong></p>
      <p>${flow.isLate ? `${say.text("nothingBooked")} ` : nothing}${text}</p>
      ${
        clashes.length > 1
          ? html`<div class="alternatives">
              <button
                type="button"
                class="button"
                part="button"
                @click=${() => flow.plan(nearest(repeat, flow.dates, flow.choice.resource), "#dates-title")}
              >
                ${say.text("nearestForAll")}
              </button>
              <button
                type="button"
                class="button"
                part="button"
                @click=${() => flow.plan(clashes.reduce((kept, one) => leftOut(kept, one.number), repeat), "#dates-title")}
              >
                ${say.text("leaveAllOut")}
              </button>
            </div>`
          : nothing
      }
    </div>
  </div>`;
}

function date(scene: Scene, repeat: Repeat, one: Occurrence): TemplateResult {
  const { flow, formats, hidesEnd, say } = scene;
  const { number, start, end, price, code } = one;
  const shown = hidesEnd || !end ? formats.time(start) : formats.span(start, end);
  const isBack = isDecided(repeat, number);
  const note: Key | "" = code ? (NOTES[code] ?? "notFree") : one.is_skipped ? "leftOut" : isBack ? "otherTime" : "";
  const act = say.text(isBack ? "putBack" : "leaveOut");
  return html`<li class="date ${code ? "is-refused" : one.is_skipped ? "is-skipped" : ""}" id="date-${number}" part="date">
    ${icon(code ? "calendarX" : one.is_skipped ? "circleX" : "circleCheck")}
    <span class="date-when"
      ><strong>${formats.shortDay(start)}</strong> <span class="num">${shown}</span>${
        note ? html`<small>${say.text(note)}</small>` : nothing
      }</span
    >
    ${price ? html`<span class="num">${price.minor ? formats.money(price) : say.text("free")}</span>` : nothing}
    <button
      type="button"
      class="button"
      part="button"
      id="turn-${number}"
      aria-label="${act}: ${formats.shortMoment(start)}"
      @click=${() => flow.plan((isBack ? putBack : leftOut)(repeat, number), `#turn-${number}`)}
    >
      ${act}
    </button>
    ${code && one.alternatives.length ? alternatives(scene, repeat, one) : nothing}
  </li>`;
}

function alternatives(scene: Scene, repeat: Repeat, one: Occurrence): TemplateResult {
  const { flow, formats } = scene;
  const take = (slot: Slot) => moved(repeat, one.number, slot, flow.choice.resource);
  return html`<div class="alternatives" role="group" aria-label=${formats.shortMoment(one.start)}>
    ${one.alternatives.map(
      (slot) =>
        html`<button
          type="button"
          class="button"
          part="button"
          @click=${() => flow.plan(take(slot), `#turn-${one.number}`)}
        >
          <span>${nearText(scene, one, slot)}</span><span class="num muted">${formats.money(slot.price)}</span>
        </button>`,
    )}
  </div>`;
}

/** The day only where it is another one; and where somebody else serves it than the guest has chosen. */
function nearText({ flow, formats, say }: Scene, one: Occurrence, slot: Slot): string {
  const isSameDay = formats.dateOf(slot.start) === formats.dateOf(one.start);
  const when = isSameDay ? formats.time(slot.start) : formats.shortMoment(slot.start);
  const whom = say.text(resourceWords(flow.offering?.resources[0]).any);
  return isOther(slot, flow.choice.resource) ? `${when} · ${whom}` : when;
}

function onwards({ flow, say }: Scene): TemplateResult {
  const kept = keptOf(flow.dates).length;
  const isClear = !clashesOf(flow.dates).length;
  return html`${isClear ? nothing : html`<p class="decide muted small">${say.text("decideFirst")}</p>`}
    <div class="actions">
      ${
        isClear && kept
          ? html`<button
              type="button"
              class="button primary large"
              part="button button-primary"
              ?disabled=${!flow.quote}
              @click=${() => flow.goOn()}
            >
              ${say.text("withDates", { n: kept })}${icon("arrowRight")}
            </button>`
          : nothing
      }
      <button type="button" class="button large" part="button" @click=${() => flow.once()}>${say.text("onlyOnce")}</button>
    </div>`;
}
