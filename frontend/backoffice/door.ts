interface Detected {
  rawValue: string;
}
interface Detector {
  detect(source: HTMLVideoElement): Promise<Detected[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const EVERY = 200;
/** The same ticket stays in the picture for a while after it was read. */
const REST = 4000;

/** The scan field is ready for the next ticket at once; where the browser reads codes, the camera fills it. */
export function startDoor(): void {
  document.addEventListener("htmx:after:swap", said);
  const form = document.querySelector<HTMLFormElement>("[data-door-scan]");
  const button = form?.querySelector<HTMLButtonElement>("[data-door-camera]");
  const known = (window as unknown as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (!form || !button || !known || !navigator.mediaDevices) return;
  button.hidden = false;
  const camera = new Camera(form, button, new known({ formats: ["qr_code"] }));
  button.addEventListener("click", () => void camera.toggle());
}

/** The answer is there: the field is empty again, and the phone tells good from bad without a look. */
function said(): void {
  const answer = document.querySelector<HTMLElement>("[data-door-answer]:not([data-said])");
  if (!answer) return;
  answer.dataset["said"] = "";
  const field = document.querySelector<HTMLInputElement>("[data-door-scan] input[name=code]");
  if (field) field.value = "";
  answer.scrollIntoView({ block: "nearest" });
  if ("vibrate" in navigator) navigator.vibrate(answer.dataset["doorAnswer"] === "ok" ? 60 : [120, 80, 120]);
}

class Camera {
  private stream: MediaStream | undefined;
  private last = { text: "", at: 0 };
  private readonly video: HTMLVideoElement;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly button: HTMLButtonElement,
    private readonly detector: Detector,
  ) {
    this.video = form.querySelector<HTMLVideoElement>("[data-door-video]")!;
    document.addEventListener("visibilitychange", () => document.hidden && this.stop());
  }

  async toggle(): Promise<void> {
    if (this.stream) return this.stop();
    const refusal = this.form.querySelector<HTMLElement>("[data-door-no-camera]")!;
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      this.video.srcObject = this.stream;
      this.video.hidden = false;
      refusal.hidden = true;
      this.button.ariaPressed = "true";
      await this.video.play();
      void this.look();
    } catch {
      this.stop();
      refusal.hidden = false;
    }
  }

  private stop(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
    this.video.srcObject = null;
    this.video.hidden = true;
    this.button.ariaPressed = "false";
  }

  private async look(): Promise<void> {
    while (this.stream) {
      const found = await this.detector.detect(this.video).catch(() => []);
      const text = found[0]?.rawValue;
      if (text) this.read(text);
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  }

  private read(text: string): void {
    const now = Date.now();
    if (text === this.last.text && now - this.last.at < REST) {
      this.last.at = now;
      return;
    }
    this.last = { text, at: now };
    const field = this.form.querySelector<HTMLInputElement>("input[name=code]")!;
    field.value = text;
    this.form.requestSubmit();
  }
}
