import type { HSL, RGB, TooltipOptions } from "obsidian";
import { setTooltip } from "../obsidian/tooltip";
import { ValueComponent } from "./components";

/** Controls whose value is picked rather than written. */

export class ToggleComponent extends ValueComponent<boolean> {
  toggleEl: HTMLElement;
  readonly _inputEl: HTMLInputElement;
  _on = false;
  _changed: ((value: boolean) => unknown) | null = null;

  constructor(containerEl: HTMLElement) {
    super();
    this.toggleEl = containerEl.createDiv("checkbox-container");
    this._inputEl = this.toggleEl.createEl("input", { type: "checkbox", attr: { tabindex: 0 } });
    this.toggleEl.addEventListener("click", (event) => {
      if (event.target !== this._inputEl) event.preventDefault();
      this.onClick();
    });
  }

  override setDisabled(disabled: boolean): this {
    this.toggleEl.toggleClass("is-disabled", disabled);
    this._inputEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  getValue(): boolean {
    return this._on;
  }

  setValue(on: boolean): this {
    const changes = on !== this._on;
    this._on = on;
    this._inputEl.checked = on;
    this.toggleEl.toggleClass("is-enabled", on);
    if (changes) this._changed?.(on);
    return this;
  }

  setTooltip(tooltip: string, options?: TooltipOptions): this {
    setTooltip(this.toggleEl, tooltip, options);
    return this;
  }

  onClick(): void {
    if (!this.disabled) this.setValue(!this._on);
  }

  onChange(callback: (value: boolean) => unknown): this {
    this._changed = callback;
    return this;
  }
}

export class DropdownComponent extends ValueComponent<string> {
  selectEl: HTMLSelectElement;

  constructor(containerEl: HTMLElement) {
    super();
    this.selectEl = containerEl.createEl("select", "dropdown");
  }

  override setDisabled(disabled: boolean): this {
    this.selectEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  addOption(value: string, display: string): this {
    this.selectEl.createEl("option", { value, text: display });
    return this;
  }

  addOptions(options: Record<string, string>): this {
    for (const [value, display] of Object.entries(options)) this.addOption(value, display);
    return this;
  }

  getValue(): string {
    return this.selectEl.value;
  }

  setValue(value: string): this {
    this.selectEl.value = value;
    return this;
  }

  onChange(callback: (value: string) => unknown): this {
    this.selectEl.addEventListener("change", () => callback(this.getValue()));
    return this;
  }
}

export class SliderComponent extends ValueComponent<number> {
  sliderEl: HTMLInputElement;
  readonly _valueEl: HTMLElement;
  _format: (value: number) => string = String;
  _instant = false;
  _changed: ((value: number) => unknown) | null = null;

  constructor(containerEl: HTMLElement) {
    super();
    this._valueEl = containerEl.createSpan("slider-value");
    this.sliderEl = containerEl.createEl("input", { cls: "slider", type: "range" });
    this.sliderEl.addEventListener("input", () => this._show(this._instant));
    this.sliderEl.addEventListener("change", () => this._show(!this._instant));
  }

  override setDisabled(disabled: boolean): this {
    this.sliderEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  setInstant(instant: boolean): this {
    this._instant = instant;
    return this;
  }

  setLimits(min: number | null, max: number | null, step: number | "any"): this {
    this.sliderEl.setAttrs({ min, max, step });
    return this;
  }

  getValue(): number {
    return this.sliderEl.valueAsNumber;
  }

  setValue(value: number): this {
    this.sliderEl.valueAsNumber = value;
    this._show(false);
    return this;
  }

  getValuePretty(): string {
    return this._format(this.getValue());
  }

  setDisplayFormat(format: (value: number) => string): this {
    this._format = format;
    this._show(false);
    return this;
  }

  setDynamicTooltip(): this {
    return this;
  }

  onChange(callback: (value: number) => unknown): this {
    this._changed = callback;
    return this;
  }

  _show(tell: boolean): void {
    this._valueEl.setText(this.getValuePretty());
    if (tell) this._changed?.(this.getValue());
  }
}

export class ColorComponent extends ValueComponent<string> {
  readonly _inputEl: HTMLInputElement;

  constructor(containerEl: HTMLElement) {
    super();
    this._inputEl = containerEl.createEl("input", { type: "color" });
  }

  override setDisabled(disabled: boolean): this {
    this._inputEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  getValue(): string {
    return this._inputEl.value;
  }

  setValue(value: string): this {
    this._inputEl.value = value;
    return this;
  }

  getValueRgb(): RGB {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(this.getValue().slice(at, at + 2), 16));
    return { r: r ?? 0, g: g ?? 0, b: b ?? 0 };
  }

  setValueRgb({ r, g, b }: RGB): this {
    return this.setValue(`#${[r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("")}`);
  }

  getValueHsl(): HSL {
    const { r, g, b } = this.getValueRgb();
    const [red, green, blue] = [r / 255, g / 255, b / 255];
    const max = Math.max(red, green, blue);
    const spread = max - Math.min(red, green, blue);
    const light = max - spread / 2;
    const turn =
      spread === 0
        ? 0
        : max === red
          ? (green - blue) / spread
          : max === green
            ? (blue - red) / spread + 2
            : (red - green) / spread + 4;
    const saturation = spread === 0 ? 0 : spread / (1 - Math.abs(2 * light - 1));
    return {
      h: Math.round((turn * 60 + 360) % 360),
      s: Math.round(saturation * 100),
      l: Math.round(light * 100),
    };
  }

  setValueHsl({ h, s, l }: HSL): this {
    const part = (n: number): number => {
      const k = (n + h / 30) % 12;
      const a = (s / 100) * Math.min(l / 100, 1 - l / 100);
      return Math.round(255 * (l / 100 - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
    };
    return this.setValueRgb({ r: part(0), g: part(8), b: part(4) });
  }

  onChange(callback: (value: string) => unknown): this {
    this._inputEl.addEventListener("change", () => callback(this.getValue()));
    return this;
  }
}

export class ProgressBarComponent extends ValueComponent<number> {
  readonly _barEl: HTMLElement;
  readonly _lineEl: HTMLElement;
  _value = 0;

  constructor(containerEl: HTMLElement) {
    super();
    this._barEl = containerEl.createDiv({
      cls: "setting-progress-bar",
      attr: { role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100 },
    });
    this._lineEl = this._barEl.createDiv("setting-progress-bar-inner");
    this.setValue(0);
  }

  getValue(): number {
    return this._value;
  }

  setValue(value: number): this {
    this._value = Math.max(0, Math.min(100, value));
    this._barEl.setAttr("aria-valuenow", Math.round(this._value));
    this._lineEl.setCssProps({ width: `${this._value}%` });
    return this;
  }
}

export class DisplayValueComponent {
  valueEl: HTMLElement;
  readonly _statusEl: HTMLElement;

  constructor(containerEl: HTMLElement) {
    this.valueEl = containerEl.createSpan("setting-item-display-value");
    this._statusEl = containerEl.createSpan("setting-item-status");
  }

  setValue(value: string | null): this {
    this.valueEl.setText(value ?? "");
    return this;
  }

  setStatus(status: "warning" | null): this {
    this._statusEl.toggleClass("mod-warning", status === "warning");
    this._statusEl.setAttrs({
      role: status === null ? null : "img",
      "aria-label": status === null ? null : "Needs attention",
    });
    return this;
  }
}
