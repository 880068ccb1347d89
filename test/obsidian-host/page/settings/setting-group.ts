import { ExtraButtonComponent } from "./button";
import { SearchComponent } from "./components";
import { Setting } from "./setting";

export class SettingGroup {
  listEl: HTMLElement;
  readonly _groupEl: HTMLElement;
  _heading: Setting | null = null;

  constructor(containerEl: HTMLElement) {
    this._groupEl = containerEl.createDiv("setting-group");
    this.listEl = this._groupEl.createDiv("setting-items");
  }

  setHeading(text: string | DocumentFragment): this {
    this._head().setName(text);
    return this;
  }

  addClass(...names: string[]): this {
    this._groupEl.addClass(...names);
    return this;
  }

  addSetting(use: (setting: Setting) => void): this {
    use(new Setting(this.listEl));
    return this;
  }

  addSearch(use: (component: SearchComponent) => unknown): this {
    const line = createDiv("setting-group-search");
    this.listEl.before(line);
    const search = new SearchComponent(line);
    use(search);
    if (!search.inputEl.hasAttribute("aria-label"))
      search.inputEl.setAttr("aria-label", search.inputEl.placeholder || "Search");
    return this;
  }

  addExtraButton(use: (component: ExtraButtonComponent) => unknown): this {
    use(new ExtraButtonComponent(this._head().controlEl));
    return this;
  }

  _head(): Setting {
    if (this._heading === null) {
      this._heading = new Setting(this._groupEl).setHeading();
      this._groupEl.prepend(this._heading.settingEl);
    }
    return this._heading;
  }
}
