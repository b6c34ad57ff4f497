// <horarium-booking>: what a page can set, and how it is drawn.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";

import { Api, Trouble } from "./api.js";
import { tell, type HorariumEvents } from "./events.js";
import { Flow, type Demand, type Stage } from "./flow.js";
import { Formats } from "./formats.js";
import { icon } from "./icons.js";
import { baseUrl } from "./origin.js";
import { sheets } from "./styles/sheets.js";
import { detailsView } from "./views/details.js";
import { offeringsView } from "./views/offerings.js";
import { optionsView } from "./views/options.js";
import { orderView } from "./views/order.js";
import { repeatView } from "./views/repeat.js";
import type { Scene } from "./views/scene.js";
import { stuckView } from "./views/stuck.js";
import { summaryBar, summaryView } from "./views/summary.js";
import { whenView } from "./views/when.js";
import { chooseLanguage, Say, type Labels } from "./words.js";

const VIEWS = {
  offerings: offeringsView,
  options: optionsView,
  when: whenView,
  repeat: repeatView,
  details: detailsView,
  order: orderView,
} as const;
const WARNINGS = [300, 120, 60];

export class HorariumBooking extends LitElement implements Stage {
  static override readonly properties = {
    business: {},
    offering: {},
    lang: {},
    theme: { reflect: true },
    apiUrl: { attribute: "api" },
    color: {},
    font: {},
    radius: {},
    width: {},
    email: {},
    phone: {},
    hideEnd: { attribute: "hide-end", type: Boolean },
    staysPut: { attribute: "stays-put", type: Boolean },
    returnUrl: { attribute: "return-url" },
    labels: { type: Object },
  };
  static override readonly styles = sheets;

  declare business: string;
  declare offering: string;
  declare theme: string;
  declare apiUrl: string;
  declare color: string;
  declare font: string;
  declare radius: string;
  declare width: string;
  declare email: string;
  declare phone: string;
  declare hideEnd: boolean;
  declare staysPut: boolean;
  declare returnUrl: string;
  declare labels: Labels;

  api = new Api("", "");
  say = new Say("en");
  private flow = new Flow(this);
  private said = "";
  private wish = "";
  private clock = 0;
  private readonly look = new CSSStyleSheet();

  constructor() {
    super();
    this.business = this.offering = this.theme = this.apiUrl = this.returnUrl = "";
    this.color = this.font = this.radius = this.width = this.email = this.phone = "";
    this.lang = "";
    this.hideEnd = this.staysPut = false;
    this.labels = {};
  }

  // What the flow asks for

  get emailDemand(): Demand {
    return this.email === "optional" || this.email === "hidden" ? this.email : "required";
  }

  /** Somebody must be reachable: where no e-mail is asked for, the phone is needed. */
  get phoneDemand(): Demand {
    if (this.flow.business?.needs_phone || this.emailDemand !== "required") return "required";
    return this.phone === "required" || this.phone === "hidden" ? this.phone : "optional";
  }

  changed(): void {
    this.requestUpdate();
  }

  lead(target: string): void {
    this.wish = target;
    this.requestUpdate();
  }

  announce(text: string): void {
    this.said = text;
    this.requestUpdate();
  }

  tell<K extends keyof HorariumEvents>(name: K, detail: HorariumEvents[K]["detail"]): void {
    tell(this, name, detail);
  }

  // Life

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("online", this.online);
    window.addEventListener("pageshow", this.shown);
    this.clock = window.setInterval(this.tick, 1000);
    if (this.hasUpdated) this.flow.changedHands();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("online", this.online);
    window.removeEventListener("pageshow", this.shown);
    window.clearInterval(this.clock);
    this.flow.stop();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot() as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.look];
    return root;
  }

  protected override willUpdate(changed: PropertyValues<HorariumBooking>): void {
    if (changed.has("lang") || changed.has("labels") || !this.hasUpdated) this.say = this.chooseWords();
    const isNew = (["business", "offering", "apiUrl", "lang"] as const).some((name) => changed.has(name));
    if (isNew || !this.hasUpdated) this.begin(changed.has("lang") && this.hasUpdated);
    this.dress();
  }

  protected override updated(): void {
    if (!this.wish) return;
    const target = this.renderRoot.querySelector<HTMLElement>(this.wish);
    if (!target) return;
    this.wish = "";
    target.focus({ preventScroll: true });
    if (!this.staysPut) this.bringIntoView(target);
  }

  private chooseWords(): Say {
    const around = this.closest("[lang]:not(horarium-booking)") ?? document.documentElement;
    const wishes = [this.lang, around.getAttribute("lang"), ...navigator.languages];
    return new Say(chooseLanguage(wishes), this.labels ?? {});
  }

  /** From the start, or only in another language. */
  private begin(keepsChoice: boolean): void {
    const base = baseUrl(this.apiUrl);
    this.api = new Api(base ?? "", this.business);
    if (!keepsChoice) {
      this.flow.stop();
      this.flow = new Flow(this);
    }
    if (base && this.business) void this.flow.start();
    else this.flow.fail(new Trouble("misplaced"));
  }

  /** The colour of the business, under what attributes say, under what the page's style sheet says. */
  private dress(): void {
    const brand = this.flow.business?.brand_color ?? "";
    const rules = [
      /^#[0-9a-f]{6}$/i.test(brand) ? `--_brand: ${brand};` : "",
      declaration("color", this.color),
      declaration("font", this.font),
      declaration("radius", length(this.radius)),
      declaration("width", length(this.width)),
    ];
    // `inherit` in a custom property would speak of the property itself.
    const type = this.font?.trim() === "inherit" ? ".root { font-family: inherit; }" : "";
    this.look.replaceSync(`:host { ${rules.join(" ")} } ${type}`);
  }

  private bringIntoView(target: HTMLElement): void {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const { top, bottom } = target.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight * 0.7)
      target.scrollIntoView({ block: "start", behavior: isCalm ? "auto" : "smooth" });
  }

  private readonly online = (): void => {
    if (this.flow.stuck?.trouble.kind === "offline") this.flow.stuck.again();
  };

  private readonly shown = (event: PageTransitionEvent): void => {
    if (event.persisted) this.flow.resume();
  };

  private readonly tick = (): void => {
    const until = this.flow.order?.status === "held" ? this.flow.order.expires_at : null;
    if (!until || this.flow.step !== "order") return;
    const left = Math.round((Date.parse(until) - Date.now()) / 1000);
    if (WARNINGS.includes(left)) this.announce(this.say.text("heldSoon", { n: left / 60 }));
    if (left === 0) this.lead("#heading");
    this.requestUpdate();
  };

  // Drawing

  private scene(): Scene {
    const { flow } = this;
    const place = flow.order?.bookings[0]?.location ?? flow.business?.locations[0];
    const zone = flow.offering?.time_zone ?? place?.time_zone;
    return {
      flow,
      say: this.say,
      formats: new Formats(this.say.language, flow.business?.country ?? "", zone ?? "UTC"),
      hidesEnd: this.hideEnd,
      email: this.emailDemand,
      phone: this.phoneDemand,
      file: (path) => this.api.file(path),
    };
  }

  protected override render(): TemplateResult {
    const { flow, say } = this;
    const scene = this.scene();
    const hasSummary = flow.step !== "offerings" && flow.step !== "order" && flow.offering !== null;
    return html`<section
      class="root"
      part="root"
      lang=${say.language}
      aria-label=${say.text("region")}
    >
      <div class="main" part="main">
        ${this.steps()} ${stuckView(scene)}
        ${flow.business || flow.order ? VIEWS[flow.step](scene) : flow.stuck ? nothing : bones(say)}
      </div>
      ${
        hasSummary
          ? html`<aside class="summary" part="summary" aria-label=${say.text("summary")}>${summaryView(scene)}</aside>
              ${summaryBar(scene)}`
          : nothing
      }
      <p class="hidden" role="status">${this.said}</p>
    </section>`;
  }

  private steps(): TemplateResult | typeof nothing {
    const { flow, say } = this;
    const at = flow.steps.indexOf(flow.step);
    if (!flow.business || at < 0 || flow.step === "offerings") return nothing;
    const all = flow.steps.length;
    const canGoBack = at > 0;
    return html`<div class="steps" part="steps">
      ${
        canGoBack
          ? html`<button type="button" class="button quiet back" part="button" @click=${() => flow.back()}>
              ${icon("arrowLeft")}${say.text("back")}
            </button>`
          : nothing
      }
      <span class="muted small">${say.text("step", { n: at + 1, all })}</span>
    </div>`;
  }
}

function bones(say: Say): TemplateResult {
  return html`<div class="bones" role="status">
    <span class="hidden">${say.text("loading")}</span>
    ${Array.from({ length: 4 }, () => html`<span class="bone" aria-hidden="true"></span>`)}
  </div>`;
}

/** A custom property of the host, if the value cannot end the rule that it stands in. */
function declaration(name: string, value: string | null): string {
  const text = value?.trim() ?? "";
  return text && !/[;{}@\\]|\/\*|url\(/i.test(text) ? `--horarium-${name}: ${text};` : "";
}

const length = (value: string | null): string => (/^\d+(\.\d+)?$/.test(value ?? "") ? `${value}px` : (value ?? ""));
