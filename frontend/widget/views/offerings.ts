import { html, nothing, type TemplateResult } from "lit";

import { icon } from "../icons.js";
import type { Offering } from "../types.js";
import { visit } from "./options.js";
import type { Scene } from "./scene.js";

interface Shelf {
  readonly name: string;
  readonly offerings: readonly Offering[];
}

export function offeringsView(scene: Scene): TemplateResult {
  const { flow, say } = scene;
  const shelves = shelvesOf(scene);
  if (!shelves.length)
    return html`<div class="empty">
      ${icon("calendarX")}
      <h2 id="heading" tabindex="-1">${say.text("nothing")}</h2>
      <p>${say.text("nothingText", { business: flow.business?.name ?? "" })}</p>
    </div>`;
  return html`${cart(scene)}
    <h2 id="heading" part="heading" tabindex="-1">${say.text("offerings")}</h2>
    ${visit(scene)} ${shelves.map(
      (shelf) =>
        html`<section class="shelf">
          ${shelf.name ? html`<h3>${shelf.name}</h3>` : nothing}
          <ul class="offers" role="list">
            ${shelf.offerings.map((one) => offer(scene, one))}
          </ul>
        </section>`,
    )}`;
}

/** What is put aside, with goods to take along, and the way to book all of it. */
function cart({ flow, formats, say }: Scene): TemplateResult | typeof nothing {
  const lines = flow.cart?.lines ?? [];
  if (!flow.cart || !lines.length) return nothing;
  const goods = flow.products.filter((one) => one.most > 0);
  return html`<section class="cart" part="cart" aria-labelledby="cart-title">
    <h2 id="cart-title" class="summary-title">${say.text("order")}</h2>
    <ul role="list">
      ${lines.map(
        (line, at) =>
          html`<li>
            <span
              ><strong>${line.name}${Number(line.item["quantity"]) > 1 ? ` × ${String(line.item["quantity"])}` : nothing}</strong
              ><small class=${line.is_free ? "" : "error"}>${
                line.is_free ? (line.start ? formats.shortMoment(line.start) : "") : line.text
              }</small></span
            >
            <span class="num">${line.price ? formats.money(line.price) : nothing}</span>
            <button type="button" class="button quiet square" part="button" aria-label="${say.text("takeOut")}: ${line.name}" @click=${() => flow.takeOut(at)}>
              ${icon("circleX")}
            </button>
          </li>`,
      )}
    </ul>
    ${goods.map(
      (one) =>
        html`<button type="button" class="button" part="button" @click=${() => flow.addProduct(one.id)}>
          ${icon("plus")}${one.name}, ${formats.money(one.price)}
        </button>`,
    )}
    <div class="actions">
      <button
        type="button"
        class="button primary large"
        part="button button-primary"
        ?disabled=${!flow.cart.can_be_booked}
        @click=${() => flow.bookAll()}
      >
        ${say.text("bookAll", { amount: formats.money(flow.cart.total) })}
      </button>
    </div>
  </section>`;
}

function shelvesOf({ flow, say }: Scene): Shelf[] {
  const categories = flow.business?.categories ?? [];
  const known = new Set(categories.map((one) => one.id));
  const shelves = categories.map(({ id, name }) => ({
    name,
    offerings: flow.offerings.filter((one) => one.category === id),
  }));
  const rest = flow.offerings.filter((one) => !one.category || !known.has(one.category));
  const filled = shelves.filter((shelf) => shelf.offerings.length);
  return rest.length ? [...filled, { name: filled.length ? say.text("more") : "", offerings: rest }] : filled;
}

function offer(scene: Scene, offering: Offering): TemplateResult {
  const { flow, formats, say } = scene;
  const photo = scene.file(offering.photo);
  const [shortest = 0] = offering.durations;
  const longest = offering.durations.at(-1) ?? shortest;
  const length = formats.duration(shortest, say);
  const price = offering.price_from;
  return html`<li>
    <button type="button" class="offer" part="offering" @click=${() => flow.choose(offering)}>
      ${
        photo
          ? html`<img src=${photo} alt="" loading="lazy" decoding="async" />`
          : html`<span class="offer-blank" aria-hidden="true">${icon("calendar")}</span>`
      }
      <span class="offer-text">
        <strong>${offering.name}</strong>
        ${offering.summary ? html`<span class="muted small">${offering.summary}</span>` : nothing}
        <span class="facts-line muted small">
          ${
            shortest && offering.mode !== "stay"
              ? html`<span>${icon("clock")}${length}${longest > shortest ? ` – ${formats.duration(longest, say)}` : nothing}</span>`
              : nothing
          }
          ${
            offering.party_max > 1 && offering.mode !== "session"
              ? html`<span>${icon("users")}${say.text(
                  offering.party_min === offering.party_max ? "people" : "upTo",
                  { n: offering.party_max },
                )}</span>`
              : nothing
          }
        </span>
      </span>
      <span class="offer-price num">
        ${
          price === null || price.minor === 0
            ? say.text("free")
            : say.text("from", { price: formats.money(price) })
        }${icon("chevronRight")}
      </span>
    </button>
  </li>`;
}
