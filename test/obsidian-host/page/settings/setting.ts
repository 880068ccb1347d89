import type { TooltipOptions } from "obsidian";
import { setTooltip } from "../obsidian/tooltip";
import { ButtonComponent, ExtraButtonComponent } from "./button";
import {
  ColorComponent,
  DisplayValueComponent,
  DropdownComponent,
  ProgressBarComponent,
  SliderComponent,
  ToggleComponent,
} from "./choices";
import { SearchComponent, TextAreaComponent, TextComponent, type BaseComponent } from "./components";
import { MomentFormatComponent } from "./moment-format";

type Use<T> = (component: T) => unknown;

let nextName = 1;

export class Setting {
  settingEl: HTMLElement;
  infoEl: HTMLElement;
  nameEl: HTMLElement;
  descEl: HTMLElement;
  controlEl: HTMLElement;
  components: BaseComponent[] = [];
  errorEl: HTMLElement | null = null;

  constructor(containerEl: HTMLElement) {
    this.settingEl = containerEl.createDiv("setting-item");
    this.infoEl = this.settingEl.createDiv("setting-item-info");
    this.nameEl = this.infoEl.createDiv({
      cls: "setting-item-name",
      attr: { id: `setting-name-${nextName++}` },
    });
    this.descEl = this.infoEl.createDiv("setting-item-description");
    this.controlEl = this.settingEl.createDiv("setting-item-control");
  }

  setErrorMessage(message: string | null): this {
    const shown = message !== null && message !== "";
    this.settingEl.toggleClass("is-invalid", shown);
    if (shown) {
      this.errorEl ??= this.infoEl.createDiv({ cls: "setting-item-error", attr: { role: "alert" } });
      this.errorEl.setText(message);
    } else {
      this.errorEl?.remove();
      this.errorEl = null;
    }
    return this;
  }

  addDisplayValue(use: Use<DisplayValueComponent>): this {
    use(new DisplayValueComponent(this.controlEl));
    return this;
  }

  setName(name: string | DocumentFragment): this {
    this.nameEl.setText(name);
    return this;
  }

  setDesc(desc: string | DocumentFragment): this {
    this.descEl.setText(desc);
    return this;
  }

  setClass(name: string): this {
    this.settingEl.addClass(name);
    return this;
  }

  setTooltip(tooltip: string, options?: TooltipOptions): this {
    setTooltip(this.nameEl, tooltip, options);
    return this;
  }

  setHeading(): this {
    this.settingEl.addClass("setting-item-heading");
    this.nameEl.setAttrs({ role: "heading", "aria-level": 2 });
    return this;
  }

  setDisabled(disabled: boolean): this {
    this.settingEl.toggleClass("is-disabled", disabled);
    for (const component of this.components) component.setDisabled(disabled);
    return this;
  }

  addButton(use: Use<ButtonComponent>): this {
    return this._add(new ButtonComponent(this.controlEl), use);
  }

  addExtraButton(use: Use<ExtraButtonComponent>): this {
    return this._add(new ExtraButtonComponent(this.controlEl), use);
  }

  addToggle(use: Use<ToggleComponent>): this {
    this.settingEl.addClass("mod-toggle");
    return this._add(new ToggleComponent(this.controlEl), use);
  }

  addText(use: Use<TextComponent>): this {
    return this._add(new TextComponent(this.controlEl), use);
  }

  addComponent<T extends BaseComponent>(make: (el: HTMLElement) => T): this {
    this.components.push(make(this.controlEl));
    this._nameControls();
    return this;
  }

  addSearch(use: Use<SearchComponent>): this {
    return this._add(new SearchComponent(this.controlEl), use);
  }

  addTextArea(use: Use<TextAreaComponent>): this {
    return this._add(new TextAreaComponent(this.controlEl), use);
  }

  addMomentFormat(use: Use<MomentFormatComponent>): this {
    return this._add(new MomentFormatComponent(this.controlEl), use);
  }

  addDropdown(use: Use<DropdownComponent>): this {
    return this._add(new DropdownComponent(this.controlEl), use);
  }

  addColorPicker(use: Use<ColorComponent>): this {
    return this._add(new ColorComponent(this.controlEl), use);
  }

  addProgressBar(use: Use<ProgressBarComponent>): this {
    return this._add(new ProgressBarComponent(this.controlEl), use);
  }

  addSlider(use: Use<SliderComponent>): this {
    return this._add(new SliderComponent(this.controlEl), use);
  }

  then(use: (setting: this) => unknown): this {
    use(this);
    return this;
  }

  clear(): this {
    this.controlEl.empty();
    this.components = [];
    return this;
  }

  _add<T extends BaseComponent>(component: T, use: Use<T>): this {
    this.components.push(component);
    use(component);
    this._nameControls();
    return this;
  }

  /** A field is called as its row is; without it a plugin could not name the fields that are drawn for it. */
  _nameControls(): void {
    for (const field of this.controlEl.querySelectorAll("input, select, textarea, [role=progressbar]")) {
      if (!field.hasAttribute("aria-label")) field.setAttr("aria-labelledby", this.nameEl.id);
    }
  }
}
