import type * as obs from "obsidian";
import { setIcon } from "../obsidian/icons";
import { drawControl } from "./draw-control";
import { Setting } from "./setting";
import { SettingGroup } from "./setting-group";
import type { SettingPage, SettingTab } from "./setting-tab";

type Item = obs.SettingDefinitionItem;
type Group = obs.SettingDefinitionGroup | obs.SettingDefinitionList;
type Page = obs.SettingDefinitionPage;
type Definition = obs.SettingDefinition;

const holds = (value: boolean | (() => boolean) | undefined, otherwise: boolean): boolean =>
  value === undefined ? otherwise : typeof value === "function" ? value() : value;

const isGroup = (item: Item): item is Group =>
  "type" in item && (item.type === "group" || item.type === "list");
const isPage = (item: Item): item is Page => "type" in item && item.type === "page";

/** Draws a tab's definitions, and the pages that are opened from it. */
export class RenderedSettings {
  #refreshers: (() => void)[] = [];
  #cleanups: (() => void)[] = [];
  /** the open pages by name, outermost first */
  #path: string[] = [];
  #shownPage: SettingPage | null = null;
  readonly #queries = new Map<string, string>();

  constructor(readonly tab: SettingTab) {}

  draw(): void {
    const { containerEl } = this.tab;
    const { scrollTop } = containerEl;
    this.#drop();
    const { items, page } = this.#opened();
    if (page !== null) this.#titleBar(page.name);
    if (page?.page !== undefined) this.#drawCustom(page.page());
    else this.#drawItems(items, containerEl);
    this.refresh();
    containerEl.scrollTop = scrollTop;
  }

  /** Looks anew at what is visible and what can be used. */
  refresh(): void {
    for (const refresher of this.#refreshers) refresher();
  }

  clear(): void {
    this.#path = [];
    this.#drop();
  }

  #drop(): void {
    for (const cleanup of this.#cleanups.splice(0)) cleanup();
    this.#shownPage?.hide();
    this.#shownPage = null;
    this.#refreshers = [];
    this.tab.containerEl.empty();
  }

  #opened(): { items: Item[]; page: Page | null } {
    let items = this.tab.settingItems;
    let page: Page | null = null;
    for (const [depth, name] of this.#path.entries()) {
      const found = items
        .flatMap((item) => (isGroup(item) ? (item.items ?? []) : [item]))
        .find((item) => isPage(item) && item.name === name);
      if (found === undefined || !isPage(found)) {
        this.#path.length = depth;
        break;
      }
      page = found;
      items = found.items ?? [];
    }
    return { items, page };
  }

  #titleBar(name: string): void {
    const bar = this.tab.containerEl.createDiv("setting-page-titlebar");
    const back = bar.createEl("button", { cls: "clickable-icon", attr: { "aria-label": "Back" } });
    setIcon(back, "lucide-chevron-left");
    back.addEventListener("click", () => {
      this.#path.pop();
      this.draw();
    });
    bar.createDiv({ cls: "setting-page-title", text: name, attr: { role: "heading", "aria-level": 2 } });
  }

  #drawCustom(page: SettingPage | obs.SettingPage): void {
    this.#shownPage = page;
    this.tab.containerEl.append(page.rootEl);
    page.display();
  }

  #drawItems(items: Item[], el: HTMLElement): void {
    let loose: SettingGroup | null = null;
    for (const item of items) {
      if (isGroup(item)) {
        loose = null;
        this.#drawGroup(item, el);
        continue;
      }
      loose ??= new SettingGroup(el);
      this.#drawItem(item, loose, 0);
    }
  }

  #drawGroup(definition: Group, el: HTMLElement): void {
    const group = new SettingGroup(el);
    group.addClass(
      definition.type === "list" ? "mod-list" : "mod-group",
      ...(definition.cls?.split(/\s+/).filter(Boolean) ?? []),
    );
    if (definition.heading !== undefined) group.setHeading(definition.heading);
    this.#refreshers.push(() => group._groupEl.toggle(holds(definition.visible, true)));
    for (const button of definition.extraButtons ?? [])
      group.addExtraButton((component) => button(component));
    const rows = (definition.items ?? []).map((item, index) => ({
      item,
      setting: this.#drawItem(item, group, index),
    }));
    if (definition.search !== undefined) this.#drawSearch(definition, group, rows);
    if (definition.type === "list") this.#drawList(definition as obs.SettingDefinitionList, group, rows);
  }

  #drawSearch(
    definition: Group,
    group: SettingGroup,
    rows: { item: Definition | Page; setting: Setting }[],
  ): void {
    const { placeholder, match } = definition.search as NonNullable<Group["search"]>;
    const key = definition.heading ?? "";
    const filter = (query: string): void => {
      this.#queries.set(key, query);
      for (const { item, setting } of rows) {
        const always = isPage(item) || item.searchable === false;
        setting.settingEl.toggleClass("is-filtered-out", !always && query !== "" && !match(item, query));
      }
    };
    group.addSearch((search) => {
      search
        .setPlaceholder(placeholder ?? "Search...")
        .setValue(this.#queries.get(key) ?? "")
        .onChange(filter);
    });
    filter(this.#queries.get(key) ?? "");
  }

  #drawList(definition: obs.SettingDefinitionList, group: SettingGroup, rows: { setting: Setting }[]): void {
    const { addItem, emptyState, onDelete, onReorder } = definition;
    if (rows.length === 0 && emptyState !== undefined) {
      group.listEl.createDiv({ cls: "setting-list-empty", text: emptyState });
    }
    for (const [index, { setting }] of rows.entries()) {
      if (onReorder !== undefined && index > 0) {
        setting.addExtraButton((button) =>
          button
            .setIcon("lucide-arrow-up")
            .setTooltip("Move up")
            .onClick(() => onReorder(index, index - 1)),
        );
      }
      if (onDelete === undefined) continue;
      setting.addExtraButton((button) =>
        button
          .setIcon("lucide-x")
          .setTooltip("Delete")
          .onClick(() => onDelete(index)),
      );
      setting.settingEl.addEventListener("keydown", (event) => {
        const typing = event.target instanceof Element && event.target.matches("input, textarea, select");
        if ((event.key === "Delete" || event.key === "Backspace") && !typing) onDelete(index);
      });
    }
    if (addItem !== undefined) {
      group.addExtraButton((button) =>
        button
          .setIcon("lucide-plus")
          .setTooltip(addItem.name)
          .onClick(() => addItem.action(button.extraSettingsEl)),
      );
    }
  }

  #drawItem(item: Definition | Page, group: SettingGroup, index: number): Setting {
    const setting = new Setting(group.listEl).setName(item.name);
    const { desc } = item;
    // A fragment gives up its children when it is shown, and a definition may be drawn again.
    if (desc !== undefined)
      setting.setDesc(typeof desc === "string" ? desc : (desc.cloneNode(true) as DocumentFragment));
    this.#refreshers.push(() => setting.settingEl.toggle(holds(item.visible, true)));
    if (isPage(item)) this.#drawEntry(item, setting);
    else if (item.control !== undefined) this.#drawControl(item, setting);
    else if (item.render !== undefined) {
      const cleanup = item.render(setting, group);
      if (typeof cleanup === "function") this.#cleanups.push(cleanup);
    } else if (item.action !== undefined) this.#drawAction(item, setting, index);
    return setting;
  }

  #drawControl(item: obs.SettingDefinitionControl, setting: Setting): void {
    const { cleanup } = drawControl(this.tab, item.control, setting);
    this.#cleanups.push(cleanup);
    this.#refreshers.push(() => void setting.setDisabled(holds(item.control.disabled, false)));
  }

  #drawAction(item: obs.SettingDefinitionAction, setting: Setting, index: number): void {
    const el = setting.settingEl;
    this.#clickable(setting, () => {
      if (!holds(item.disabled, false)) item.action(el, index);
    });
    this.#refreshers.push(() => {
      const disabled = holds(item.disabled, false);
      el.toggleClass("is-disabled", disabled);
      el.setAttr("aria-disabled", disabled ? "true" : null);
    });
  }

  #drawEntry(item: Page, setting: Setting): void {
    const { displayValue, status } = item;
    setting.addDisplayValue((value) => {
      value.setValue(typeof displayValue === "function" ? displayValue() : (displayValue ?? null));
      value.setStatus((typeof status === "function" ? status() : status) ?? null);
    });
    setting.controlEl.createDiv("setting-item-chevron", (el) => setIcon(el, "lucide-chevron-right"));
    this.#clickable(setting, () => {
      this.#path.push(item.name);
      this.draw();
    });
  }

  #clickable(setting: Setting, clicked: () => void): void {
    const el = setting.settingEl;
    el.addClass("mod-clickable");
    el.setAttrs({ role: "button", tabindex: 0 });
    el.addEventListener("click", clicked);
    el.addEventListener("keydown", (event) => {
      if (event.target === el && (event.key === "Enter" || event.key === " ")) clicked();
    });
  }
}
