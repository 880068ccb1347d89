import {
  Component,
  PluginSettingTab,
  type SettingDefinitionGroup,
  type SettingDefinitionItem,
  type SettingDefinitionList,
  type SettingGroupItem,
} from "obsidian";
import { DEFAULT_SETTINGS, MOST_UPLOADS, PHONE_FILE_LIMITS, type BackupSettings } from "../../model";
import { accountRows } from "../account";
import { openDiagnostics, sayLedger } from "../diagnostics";
import type { Preferences } from "../preferences";
import { follow, type Surroundings } from "../surroundings";
import { addFolder, removeFolder, sayFolder, type FolderList } from "./folder-choice";
import { sentences } from "../wording";
import { FolderPicker } from "./folder-picker";
import { isQuality, qualityOptions } from "./quality-choice";
import { fillSavingRow } from "./saving-row";

type Choice = keyof Pick<
  BackupSettings,
  | "automatic"
  | "wifiOnly"
  | "chargingOnly"
  | "quality"
  | "dates"
  | "albums"
  | "video"
  | "neutralNames"
  | "captions"
  | "uploads"
  | "phoneLimit"
>;
type Key = Choice | keyof Preferences;

/** The settings, declared, so that Obsidian's search finds them. */
export class BackupSettingTab extends PluginSettingTab {
  override icon = "vib-cloud";

  constructor(private readonly around: Surroundings) {
    super(around.app, around.plugin);
    const { plugin, settings, signedIn } = around;
    let folders = settings.read().folders;
    plugin.register(
      settings.watch(() => {
        const before = folders;
        ({ folders } = settings.read());
        // Only another list of folders makes other rows.
        if (before === folders) this.refreshDomState();
        else this.update();
      }),
    );
    plugin.register(signedIn.subscribe(() => this.refreshDomState()));
  }

  override getSettingDefinitions(): SettingDefinitionItem<Key>[] {
    const { words } = this.around;
    return [
      this.#account(),
      { type: "group", heading: words.say("settings.backup"), items: this.#choices() },
      this.#folders("include"),
      this.#folders("exclude"),
      { type: "group", heading: words.say("settings.looks"), items: this.#looks() },
      { type: "group", heading: words.say("settings.advanced"), items: this.#advanced() },
    ];
  }

  override getControlValue(key: string): unknown {
    if (key === "automatic") return this.#automatic();
    if (key === "phoneLimit") return String(this.around.settings.read().phoneLimit);
    const looks = this.around.preferences.now.peek();
    if (key in looks) return looks[key as keyof Preferences];
    return (this.around.settings.read() as Readonly<Record<string, unknown>>)[key];
  }

  override async setControlValue(key: string, value: unknown): Promise<void> {
    const { preferences } = this.around;
    if (key === "imageMarks" && isMarkChoice(value)) preferences.change({ imageMarks: value });
    if (key === "automatic") await this.#setAutomatic(value);
    if (key === "explorerMarks" || key === "notices") preferences.change({ [key]: value === true });
    const change = changeOf(key, value);
    if (change !== undefined) await this.around.settings.change(change);
  }

  #automatic(): "on" | "off" | "off-here" {
    const { settings, commands } = this.around;
    if (!settings.read().automatic) return "off";
    return commands.offHere ? "off-here" : "on";
  }

  /** "Off" is for every device of the vault; "off here" is kept by this device alone. */
  async #setAutomatic(value: unknown): Promise<void> {
    const { settings, commands } = this.around;
    if (value !== "on" && value !== "off" && value !== "off-here") return;
    commands.setOffHere(value === "off-here");
    await settings.change({ automatic: value !== "off" });
  }

  #account(): SettingDefinitionGroup<Key> {
    const { words } = this.around;
    return {
      type: "group",
      heading: words.say("account.heading"),
      items: accountRows(this.around).map((row) => ({
        name: row.name,
        desc: row.desc,
        visible: () => row.isVisible(),
        render: (setting) => {
          const life = new Component();
          life.load();
          row.render(setting, life);
          follow(life, () => {
            row.isVisible();
            this.refreshDomState();
          });
          return () => life.unload();
        },
      })),
    };
  }

  #folders(list: FolderList): SettingDefinitionList<Key> {
    const { around } = this;
    const { words } = around;
    const folders = around.settings.read().folders[list];
    return {
      type: "list",
      heading: words.say(`settings.${list}`),
      emptyState: words.say(`settings.${list}-empty`),
      cls: `vib-folders-${list}`,
      items: folders.map((path) => ({ name: path, desc: sayFolder(path, around) })),
      onDelete: (index) => void removeFolder(around, list, index),
      addItem: {
        name: words.say("settings.add-folder"),
        action: () => new FolderPicker(around, folders, (path) => void addFolder(around, list, path)).open(),
      },
    };
  }

  #looks(): SettingGroupItem<Key>[] {
    const { words } = this.around;
    const when = {
      hover: words.say("settings.marks.hover"),
      always: words.say("settings.marks.always"),
      never: words.say("settings.marks.never"),
    };
    return [
      {
        name: words.say("settings.marks"),
        desc: words.say("settings.marks-desc"),
        control: { type: "dropdown", key: "imageMarks", defaultValue: "hover", options: when },
      },
      {
        name: words.say("settings.explorer"),
        desc: words.say("settings.explorer-desc"),
        control: { type: "toggle", key: "explorerMarks", defaultValue: false },
      },
      {
        name: words.say("settings.notices"),
        desc: words.say("settings.notices-desc"),
        control: { type: "toggle", key: "notices", defaultValue: true },
      },
    ];
  }

  #advanced(): SettingGroupItem<Key>[] {
    const { around } = this;
    const { words } = around;
    return [
      {
        name: words.say("settings.uploads"),
        desc: words.say("settings.uploads-desc"),
        control: {
          type: "number",
          key: "uploads",
          defaultValue: MOST_UPLOADS,
          min: 1,
          max: MOST_UPLOADS,
          step: 1,
          validate: (value) =>
            isUploads(value) ? "" : words.say("settings.uploads-wrong", { max: MOST_UPLOADS }),
        },
      },
      {
        name: words.say("settings.ledger"),
        render: (setting) => {
          // A setting has a method “then”: a promise of it would never come to an end.
          void around.ledgerFiles().then((files) => void setting.setDesc(sayLedger(files, words)));
        },
      },
      {
        name: words.say("settings.diagnostics"),
        desc: words.say("settings.diagnostics-desc"),
        render: (setting) => {
          setting.addButton((button) =>
            button
              .setButtonText(words.say("settings.diagnostics-action"))
              .onClick(() => void openDiagnostics(around)),
          );
        },
      },
    ];
  }

  #choices(): SettingGroupItem<Key>[] {
    const { words } = this.around;
    const automatic = {
      on: words.say("settings.automatic.on"),
      off: words.say("settings.automatic.off"),
      "off-here": words.say("settings.automatic.off-here"),
    };
    const albums = {
      vault: words.say("settings.albums.vault"),
      folders: words.say("settings.albums.folders"),
      none: words.say("settings.albums.none"),
    };
    return [
      {
        name: words.say("settings.automatic"),
        desc: words.say("settings.automatic-desc"),
        control: { type: "dropdown", key: "automatic", defaultValue: "on", options: automatic },
      },
      {
        name: words.say("settings.wifi"),
        desc: words.say("settings.wifi-desc"),
        control: { type: "toggle", key: "wifiOnly", defaultValue: false },
      },
      {
        name: words.say("settings.charging"),
        desc: words.say("settings.charging-desc"),
        control: { type: "toggle", key: "chargingOnly", defaultValue: false },
      },
      {
        name: words.say("settings.quality"),
        desc: words.say("settings.quality-desc"),
        control: {
          type: "dropdown",
          key: "quality",
          defaultValue: "original",
          options: qualityOptions(words),
        },
      },
      {
        name: words.say("settings.saving"),
        desc: words.say("settings.saving-desc"),
        render: (setting) => fillSavingRow(setting, this.around),
      },
      {
        name: words.say("settings.dates"),
        desc: sentences(words.say("settings.dates-desc"), words.say("first.local")),
        control: { type: "toggle", key: "dates", defaultValue: true },
      },
      {
        name: words.say("settings.albums"),
        desc: words.say("settings.albums-desc"),
        control: { type: "dropdown", key: "albums", defaultValue: "vault", options: albums },
      },
      {
        name: words.say("settings.neutral"),
        desc: words.say("settings.neutral-desc"),
        control: { type: "toggle", key: "neutralNames", defaultValue: false },
      },
      {
        name: words.say("settings.captions"),
        desc: words.say("settings.captions-desc"),
        control: { type: "toggle", key: "captions", defaultValue: false },
      },
      {
        name: words.say("settings.video"),
        desc: words.say("settings.video-desc"),
        control: { type: "toggle", key: "video", defaultValue: false },
      },
      {
        name: words.say("settings.phone-limit"),
        desc: words.say("settings.phone-limit-desc"),
        control: {
          type: "dropdown",
          key: "phoneLimit",
          defaultValue: String(DEFAULT_SETTINGS.phoneLimit),
          options: Object.fromEntries(
            PHONE_FILE_LIMITS.map((limit) => [String(limit), words.bytes(limit * 1_000_000)]),
          ),
        },
      },
    ];
  }
}

function isMarkChoice(value: unknown): value is Preferences["imageMarks"] {
  return value === "hover" || value === "always" || value === "never";
}

function isUploads(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= MOST_UPLOADS;
}

/** What a control's value changes; `undefined` for a value that makes no sense. */
function changeOf(key: string, value: unknown): Partial<BackupSettings> | undefined {
  switch (key) {
    case "wifiOnly":
    case "chargingOnly":
    case "dates":
    case "video":
    case "neutralNames":
    case "captions":
      return typeof value === "boolean" ? { [key]: value } : undefined;
    case "phoneLimit": {
      const limit = PHONE_FILE_LIMITS.find((one) => String(one) === value);
      return limit === undefined ? undefined : { phoneLimit: limit };
    }
    case "uploads":
      return isUploads(value) ? { uploads: value } : undefined;
    case "quality":
      return isQuality(value) ? { quality: value } : undefined;
    case "albums":
      return value === "vault" || value === "folders" || value === "none" ? { albums: value } : undefined;
    default:
      return undefined;
  }
}
