// What the widget says: three complete languages, and the words that a page puts in their place.

import { en, type Plural, type Words } from "./words/en.js";
import { es } from "./words/es.js";
import { ru } from "./words/ru.js";

const LANGUAGES: Readonly<Record<string, Words>> = { en, ru, es };

export type Key = keyof Words;
export type Labels = Readonly<Partial<Record<Key, string>>>;

/** The first of the wishes that is spoken; English when none is. */
export function chooseLanguage(wishes: readonly (string | null | undefined)[]): string {
  for (const wish of wishes) {
    const language = wish?.toLowerCase().split("-")[0];
    if (language && language in LANGUAGES) return language;
  }
  return "en";
}

export class Say {
  private readonly words: Words;
  private readonly rules: Intl.PluralRules;

  constructor(
    readonly language: string,
    private readonly labels: Labels = {},
  ) {
    this.words = LANGUAGES[language] ?? en;
    this.rules = new Intl.PluralRules(language);
  }

  /** `{name}` stands for a value; `n` chooses the plural. */
  text(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
    const found: string | Plural = this.labels[key] ?? this.words[key];
    const form = typeof found === "string" ? found : this.plural(found, Number(values["n"] ?? 0));
    return form.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  }

  private plural(forms: Plural, count: number): string {
    const rule = this.rules.select(count) as keyof Plural;
    return forms[rule] ?? forms.other;
  }
}
