import { TextComponent } from "./components";

/** A date format as text. The stage has no date library, so the sample shows the format itself. */
export class MomentFormatComponent extends TextComponent {
  sampleEl: HTMLElement = createSpan("u-pop");
  _default = "";

  setDefaultFormat(defaultFormat: string): this {
    this._default = defaultFormat;
    return this.setPlaceholder(defaultFormat);
  }

  setSampleEl(sampleEl: HTMLElement): this {
    this.sampleEl = sampleEl;
    this.updateSample();
    return this;
  }

  override setValue(value: string): this {
    super.setValue(value);
    this.updateSample();
    return this;
  }

  override onChanged(): void {
    super.onChanged();
    this.updateSample();
  }

  updateSample(): void {
    this.sampleEl.setText(this.getValue() || this._default);
  }
}
