import type { Flow } from "../flow.js";
import type { Formats } from "../formats.js";
import type { Say } from "../words.js";
import type { Demand } from "../flow.js";

/** What every view is drawn from. */
export interface Scene {
  readonly flow: Flow;
  readonly say: Say;
  readonly formats: Formats;
  readonly hidesEnd: boolean;
  readonly email: Demand;
  readonly phone: Demand;
  file(path: string | null): string | null;
}
