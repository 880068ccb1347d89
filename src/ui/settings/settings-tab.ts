import {
  Component,
  PluginSettingTab,
  type SettingDefinitionGroup,
  type SettingDefinitionItem,
  type SettingGroupItem,
} from "obsidian";
import type { BackupSettings } from "../../model";
import { accountRows } from "../account";
import { follow, type Surroundings } from "../surroundings";
import { FolderLists, type FolderKey } from "./folder-lists";

/** What works so far; a choice that does not work yet is not offered. */
const OFFERED = { storageSaver: false, dates: false, albumsByFolder: false, video: false };

type Choice = keyof Pick<BackupSettings, "automatic" | "quality" | "dates" | "albums" | "video">;
type Key = Choice | FolderKey;

/** The settings, declared, so that Obsidian's search finds them. */
export class BackupSettingTab extends PluginSettingTab {
  override icon = "vib-cloud";
  readonly #folders: FolderLists;

  constructor(private readonly around: Surroundings) {
    super(around.app, around.plugin);
    this.#folders = new FolderLists(around, () => this.update());
    const { plugin, settings, signedIn } = around;
    plugin.register(
      settings.watch(() => {
        this.#folders.sync();
        this.refreshDomState();
      }),
    );
    plugin.register(signedIn.subscribe(() => this.refreshDomState()));
  }

  override getSettingDefinitions(): SettingDefinitionItem<Key>[] {
    const { words } = this.around;
    return [
      this.#account(),
      { type: "group", heading: words.say("settings.backup"), items: this.#choices() },
      this.#folders.definition("include"),
      this.#folders.definition("exclude"),
    ];
  }

  override getControlValue(key: string): unknown {
    const folder = this.#folders.read(key);
    if (folder !== undefined) return folder;
    return (this.around.settings.read() as Readonly<Record<string, unknown>>)[key];
  }

  override async setControlValue(key: string, value: unknown): Promise<void> {
    if (typeof value === "string" && (await this.#folders.write(key, value))) return;
    const change = changeOf(key, value);
    if (change !== undefined) await this.around.settings.change(change);
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

  #choices(): SettingGroupItem<Key>[] {
    const { words } = this.around;
    const qualities = {
      original: words.say("settings.quality.original"),
      ...(OFFERED.storageSaver ? { "storage-saver": words.say("settings.quality.storage-saver") } : {}),
    };
    const albums = {
      vault: words.say("settings.albums.vault"),
      ...(OFFERED.albumsByFolder ? { folders: words.say("settings.albums.folders") } : {}),
      none: words.say("settings.albums.none"),
    };
    return [
      {
        name: words.say("settings.automatic"),
        desc: words.say("settings.automatic-desc"),
        control: { type: "toggle", key: "automatic", defaultValue: true },
      },
      {
        name: words.say("settings.quality"),
        desc: words.say("settings.quality-desc"),
        control: { type: "dropdown", key: "quality", defaultValue: "original", options: qualities },
      },
      {
        name: words.say("settings.dates"),
        desc: words.say("settings.dates-desc"),
        visible: OFFERED.dates,
        control: { type: "toggle", key: "dates", defaultValue: true },
      },
      {
        name: words.say("settings.albums"),
        desc: words.say("settings.albums-desc"),
        control: { type: "dropdown", key: "albums", defaultValue: "vault", options: albums },
      },
      {
        name: words.say("settings.video"),
        desc: words.say("settings.video-desc"),
        visible: OFFERED.video,
        control: { type: "toggle", key: "video", defaultValue: false },
      },
    ];
  }
}

/** What a control's value changes; `undefined` for a value that makes no sense. */
function changeOf(key: string, value: unknown): Partial<BackupSettings> | undefined {
  switch (key) {
    case "automatic":
    case "dates":
    case "video":
      return typeof value === "boolean" ? { [key]: value } : undefined;
    case "quality":
      return value === "original" || value === "storage-saver" ? { quality: value } : undefined;
    case "albums":
      return value === "vault" || value === "folders" || value === "none" ? { albums: value } : undefined;
    default:
      return undefined;
  }
}
