import {
  Component,
  PluginSettingTab,
  type SettingControl,
  type SettingDefinitionControl,
  type SettingDefinitionGroup,
  type SettingDefinitionItem,
  type SettingDefinitionList,
  type SettingGroupItem,
} from "obsidian";
import type { PlainKey } from "../../i18n";
import { DEFAULT_SETTINGS, MOST_UPLOADS, PHONE_FILE_LIMITS, type BackupSettings } from "../../model";
import { accountRows } from "../account";
import { button } from "../button";
import { openDiagnostics, sayLedger } from "../diagnostics";
import type { Preferences } from "../preferences";
import { follow, type Surroundings } from "../surroundings";
import { CHOICES, oneOf, optionsOf, type Chosen } from "./choices";
import { removeFolder, sayFolder, type FolderList } from "./folder-choice";
import { sentences } from "../wording";
import { pickFolder } from "./folder-picker";
import { fillSavingRow } from "./saving-row";

type Choice = "automatic" | keyof typeof READ;
type Key = Choice | keyof Preferences;

/** Settings whose name and description are texts. */
type Named = PlainKey extends infer Text
  ? Text extends `settings.${infer Name}-desc`
    ? Name
    : never
  : never;

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
    const imageMarks = oneOf(CHOICES.marks, value);
    if (key === "imageMarks" && imageMarks !== undefined) preferences.change({ imageMarks });
    if (key === "automatic") await this.#setAutomatic(value);
    if (key === "explorerMarks" || key === "notices") preferences.change({ [key]: value === true });
    const read = isRead(key) ? READ[key](value) : undefined;
    if (read !== undefined) await this.around.settings.change({ [key]: read });
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
        action: () => pickFolder(around, list),
      },
    };
  }

  #looks(): SettingGroupItem<Key>[] {
    return [
      this.#choice("imageMarks", "marks"),
      this.#toggle("explorerMarks", "explorer"),
      this.#toggle("notices", "notices", true),
    ];
  }

  #advanced(): SettingGroupItem<Key>[] {
    const { around } = this;
    const { words } = around;
    return [
      this.#item("uploads", {
        type: "number",
        key: "uploads",
        defaultValue: MOST_UPLOADS,
        min: 1,
        max: MOST_UPLOADS,
        step: 1,
        validate: (value) =>
          isUploads(value) ? "" : words.say("settings.uploads-wrong", { max: MOST_UPLOADS }),
      }),
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
          setting.addButton(button(words.say("settings.diagnostics-action"), () => openDiagnostics(around)));
        },
      },
    ];
  }

  #choices(): SettingGroupItem<Key>[] {
    const { words } = this.around;
    const limits = PHONE_FILE_LIMITS.map((limit) => [limit, words.bytes(limit * 1_000_000)] as const);
    return [
      this.#choice("automatic", "automatic"),
      this.#only("wifiOnly", "wifi"),
      this.#only("chargingOnly", "charging"),
      this.#choice("quality", "quality"),
      {
        name: words.say("settings.saving"),
        desc: words.say("settings.saving-desc"),
        render: (setting) => fillSavingRow(setting, this.around),
      },
      {
        ...this.#toggle("dates", "dates", true),
        desc: sentences(words.say("settings.dates-desc"), words.say("first.local")),
      },
      this.#choice("albums", "albums"),
      this.#toggle("neutralNames", "neutral"),
      this.#toggle("captions", "captions"),
      this.#toggle("video", "video"),
      this.#item("phone-limit", {
        type: "dropdown",
        key: "phoneLimit",
        defaultValue: String(DEFAULT_SETTINGS.phoneLimit),
        options: Object.fromEntries(limits),
      }),
    ];
  }

  /** Waits for what this device may be unable to tell: then there is nothing to choose. */
  #only(key: "wifiOnly" | "chargingOnly", name: "wifi" | "charging"): SettingDefinitionControl<Key> {
    const { words, conditions } = this.around;
    if (conditions.read()[name] !== undefined) return this.#toggle(key, name);
    const { name: said } = this.#toggle(key, name);
    const control = { type: "toggle", key, defaultValue: false, disabled: true } as const;
    return { name: said, desc: words.say("settings.cannot-tell"), control };
  }

  #toggle(key: Key, name: Named, defaultValue = false): SettingDefinitionControl<Key> {
    return this.#item(name, { type: "toggle", key, defaultValue });
  }

  #choice(key: Key, name: Chosen): SettingDefinitionControl<Key> {
    const options = optionsOf(this.around.words, name);
    return this.#item(name, { type: "dropdown", key, defaultValue: CHOICES[name][0], options });
  }

  #item(name: Named, control: SettingControl<Key>): SettingDefinitionControl<Key> {
    const { words } = this.around;
    return { name: words.say(`settings.${name}`), desc: words.say(`settings.${name}-desc`), control };
  }
}

function isUploads(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= MOST_UPLOADS;
}

const asToggle = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);

/** What a control gives for each setting that it shows; `undefined` for a value that makes no sense. */
const READ = {
  wifiOnly: asToggle,
  chargingOnly: asToggle,
  dates: asToggle,
  video: asToggle,
  neutralNames: asToggle,
  captions: asToggle,
  phoneLimit: (value) => PHONE_FILE_LIMITS.find((one) => String(one) === value),
  uploads: (value) => (isUploads(value) ? value : undefined),
  quality: (value) => oneOf(CHOICES.quality, value),
  albums: (value) => oneOf(CHOICES.albums, value),
} satisfies { readonly [K in keyof BackupSettings]?: (value: unknown) => BackupSettings[K] | undefined };

function isRead(key: string): key is keyof typeof READ {
  return Object.hasOwn(READ, key);
}
