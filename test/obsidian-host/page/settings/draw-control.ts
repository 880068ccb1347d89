import type { SettingControl, TFile as ObsFile, TFolder as ObsFolder } from "obsidian";
import { PathSuggest } from "./path-suggest";
import type { Setting } from "./setting";
import type { SettingTab } from "./setting-tab";

type Validate = (value: never) => string | void | Promise<string | void>;

/** Draws one declared control: reads its value from the tab, checks what is put in, and hands it back to be kept. */
export function drawControl(
  tab: SettingTab,
  control: SettingControl,
  setting: Setting,
): { cleanup: () => void } {
  const stored = tab.getControlValue(control.key) ?? control.defaultValue;
  let gone = false;
  let latest = 0;
  const check = async (value: unknown): Promise<string> => {
    const { validate } = control as { validate?: Validate };
    return (await validate?.(value as never)) ?? "";
  };
  const put = async (value: unknown): Promise<void> => {
    const turn = ++latest;
    const message = await check(value);
    // A later input has overtaken this one while it was checked.
    if (gone || turn !== latest) return;
    setting.setErrorMessage(message);
    if (message !== "") return;
    await tab.setControlValue(control.key, value);
    tab.refreshDomState();
  };
  add(tab, control, setting, stored, (value) => void put(value));
  if (stored !== undefined && "validate" in control) {
    void check(stored).then((message) => {
      if (!gone && latest === 0) setting.setErrorMessage(message);
    });
  }
  return { cleanup: () => (gone = true) };
}

function add(
  tab: SettingTab,
  control: SettingControl,
  setting: Setting,
  stored: unknown,
  put: (value: unknown) => void,
): void {
  const text = typeof stored === "string" ? stored : "";
  switch (control.type) {
    case "toggle":
      setting.addToggle((toggle) => toggle.setValue(stored === true).onChange(put));
      return;
    case "dropdown":
      setting.addDropdown((dropdown) => dropdown.addOptions(control.options).setValue(text).onChange(put));
      return;
    case "slider":
      setting.addSlider((slider) => {
        slider.setLimits(control.min, control.max, control.step);
        if (control.displayFormat !== undefined) slider.setDisplayFormat(control.displayFormat);
        slider.setValue(typeof stored === "number" ? stored : control.min).onChange(put);
      });
      return;
    case "color":
      setting.addColorPicker((picker) => picker.setValue(text === "" ? "#000000" : text).onChange(put));
      return;
    case "textarea":
      setting.addTextArea((area) => {
        if (control.rows !== undefined) area.inputEl.rows = control.rows;
        area
          .setPlaceholder(control.placeholder ?? "")
          .setValue(text)
          .onChange(put);
      });
      return;
    case "number":
      setting.addText((field) => {
        field.inputEl.type = "number";
        field.inputEl.setAttrs({
          min: control.min ?? null,
          max: control.max ?? null,
          step: control.step ?? null,
        });
        field
          .setPlaceholder(control.placeholder ?? "")
          .setValue(typeof stored === "number" ? String(stored) : "");
        field.onChange((value) => {
          const number = Number(value);
          put(value.trim() === "" || Number.isNaN(number) ? (control.defaultValue ?? 0) : number);
        });
      });
      return;
    case "file":
    case "folder":
      setting.addSearch((field) => {
        field
          .setPlaceholder(control.placeholder ?? "")
          .setValue(text)
          .onChange(put);
        const { vault } = tab.app;
        const paths = (): string[] =>
          control.type === "file"
            ? vault
                .getFiles()
                .filter((file) => control.filter?.(file as unknown as ObsFile) ?? true)
                .map((file) => file.path)
            : vault
                .getAllFolders(control.includeRoot === true)
                .filter((folder) => control.filter?.(folder as unknown as ObsFolder) ?? true)
                .map((folder) => folder.path);
        new PathSuggest(tab.app, field.inputEl, paths).onSelect((path) => {
          field.setValue(path);
          put(path);
        });
      });
      return;
    case "text":
      setting.addText((field) =>
        field
          .setPlaceholder(control.placeholder ?? "")
          .setValue(text)
          .onChange(put),
      );
      return;
  }
}
