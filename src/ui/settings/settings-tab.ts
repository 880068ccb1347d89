import {
  Component,
  PluginSettingTab,
  type Setting,
  type SettingControl,
  type SettingDefinitionControl,
  type SettingDefinitionItem,
  type SettingDefinitionList,
  type SettingGroupItem,
} from "obsidian";
import type { PlainKey } from "../../i18n";
import { MOST_UPLOADS, PHONE_FILE_LIMITS, type BackupSettings } from "../../model";
import { accountRows, type AccountRow } from "../account";
import { button } from "../button";
import { openDiagnostics, sayLedger } from "../diagnostics";
import type { Preferences } from "../preferences";
import { follow, type Surroundings } from "../surroundings";
import { sentences } from "../wording";
import { optionsOf, type Chosen } from "./choices";
import { listedFolders, type FolderList } from "./folder-choice";
import { pickFolder } from "./folder-picker";
import { fillSavingRow } from "./saving-row";

type Unshown = "version" | "started" | "folders" | "albumIds" | "outsideAlbums";

type Key = keyof Omit<BackupSettings, Unshown> | keyof Preferences;

/** Settings whose name and description are texts. */
type Named = PlainKey extends infer Text
  ? Text extends `settings.${infer Name}-desc`
    ? Name
    : never
  : never;

/** The settings, declared, so that Obsidian's search finds them. */
export class BackupSettingTab extends PluginSettingTab {
  override icon = "vib-cloud";
  /** The same rows each time the tab is drawn: they know what is typed and not taken yet. */
  #account: readonly AccountRow[] | undefined;

  /** What the rows that are shown live by: Obsidian does not promise to clean up after each, where a window goes. */
  #shown = new Component();
  /** Whether a control of this tab makes the change that is being told of: it shows the new value itself, and no list is its. */
  #isOwn = false;

  constructor(private readonly around: Surroundings) {
    super(around.app, around.plugin);
    const { plugin, settings } = around;
    plugin.addChild(this.#shown);
    plugin.register(
      settings.watch(() => {
        // Another list of folders makes other rows, and only drawn anew do controls show what was changed elsewhere.
        if (this.#isOwn) this.refreshDomState();
        else this.update();
      }),
    );
  }

  override hide(): void {
    super.hide();
    const { plugin } = this.around;
    plugin.removeChild(this.#shown);
    this.#shown = plugin.addChild(new Component());
  }

  override getSettingDefinitions(): SettingDefinitionItem<Key>[] {
    const { around } = this;
    const { say } = around;
    const group = (heading: string, items: SettingGroupItem<Key>[]): SettingDefinitionItem<Key> => ({
      type: "group",
      heading,
      items,
    });
    return [
      group(
        say("account.heading"),
        (this.#account ??= accountRows(around)).map((row) => ({
          ...row,
          render: this.#drawn((setting, life) => {
            row.render(setting, life);
            follow(life, () => {
              row.visible();
              this.refreshDomState();
            });
          }),
        })),
      ),
      group(
        say("settings.backup"),
        backupItems(
          around,
          this.#drawn((setting, life) => fillSavingRow(setting, life, around)),
        ),
      ),
      folderItems("include", around),
      folderItems("exclude", around),
      group(say("settings.looks"), [
        choice("imageMarks", "marks", around),
        toggle("explorerMarks", "explorer", around),
        toggle("notices", "notices", around),
      ]),
      group(say("settings.advanced"), advancedItems(around)),
    ];
  }

  override getControlValue(key: string): unknown {
    const { settings, preferences, commands } = this.around;
    const now: Readonly<Record<string, unknown>> = { ...settings.read(), ...preferences.now.peek() };
    if (key === "automatic") return now[key] !== true ? "off" : commands.offHere ? "off-here" : "on";
    return key === "phoneLimit" ? String(now[key]) : now[key];
  }

  /** A control hands on nothing but what it offers. */
  override async setControlValue(key: string, value: unknown): Promise<void> {
    this.#isOwn = true;
    const taken = this.#take(key, value);
    this.#isOwn = false;
    await taken;
  }

  async #take(key: string, value: unknown): Promise<void> {
    const { settings, preferences, commands } = this.around;
    if (key in preferences.now.peek()) preferences.change({ [key]: value });
    else if (key === "automatic") {
      // "Off" is for every device of the vault; "off here" is kept by this device alone.
      commands.setOffHere(value === "off-here");
      await settings.change({ automatic: value !== "off" });
    } else await settings.change({ [key]: key === "phoneLimit" ? Number(value) : value });
  }

  /** Draws what a row holds, by a component that ends with the row. */
  #drawn(draw: (setting: Setting, life: Component) => void): Render {
    return (setting) => {
      const shown = this.#shown;
      const life = shown.addChild(new Component());
      draw(setting, life);
      return () => shown.removeChild(life);
    };
  }
}

/** Draws a row; the answer ends it. */
type Render = (setting: Setting) => () => void;

function backupItems(around: Surroundings, renderSaving: Render): SettingGroupItem<Key>[] {
  const { say, words } = around;
  return [
    choice("automatic", "automatic", around),
    only("wifiOnly", "wifi", around),
    only("chargingOnly", "charging", around),
    choice("quality", "quality", around),
    {
      name: say("settings.saving"),
      desc: say("settings.saving-desc"),
      render: renderSaving,
    },
    {
      ...toggle("dates", "dates", around),
      desc: sentences(say("settings.dates-desc"), say("first.local")),
    },
    choice("albums", "albums", around),
    toggle("neutralNames", "neutral", around),
    toggle("captions", "captions", around),
    toggle("video", "video", around),
    item("phone-limit", around, {
      type: "dropdown",
      key: "phoneLimit",
      // Obsidian asks for the rows as it starts, and for the choices when they are shown: the first size that is put into
      // words costs 5 ms.
      get options() {
        return Object.fromEntries(PHONE_FILE_LIMITS.map((limit) => [limit, words.bytes(limit * 1_000_000)]));
      },
    }),
  ];
}

function folderItems(list: FolderList, around: Surroundings): SettingDefinitionList<Key> {
  const { say, settings } = around;
  const rows = listedFolders(list, settings.read().folders[list], around);
  return {
    type: "list",
    heading: say(`settings.${list}`),
    emptyState: say(`settings.${list}-empty`),
    cls: `vib-folders-${list}`,
    items: [...rows],
    onDelete: (index) => rows[index]?.remove(),
    addItem: { name: say("settings.add-folder"), action: () => pickFolder(around, list) },
  };
}

function advancedItems(around: Surroundings): SettingGroupItem<Key>[] {
  const { say } = around;
  return [
    item("uploads", around, {
      type: "number",
      key: "uploads",
      defaultValue: MOST_UPLOADS,
      min: 1,
      max: MOST_UPLOADS,
      step: 1,
      validate: (value) =>
        Number.isInteger(value) && value >= 1 && value <= MOST_UPLOADS
          ? ""
          : say("settings.uploads-wrong", { max: MOST_UPLOADS }),
    }),
    {
      name: say("settings.ledger"),
      render: (setting) => {
        // A setting has a method “then”: a promise of it would never come to an end.
        void around.ledgerFiles().then((files) => void setting.setDesc(sayLedger(files, around)));
      },
    },
    {
      name: say("settings.diagnostics"),
      desc: say("settings.diagnostics-desc"),
      render: (setting) => {
        setting.addButton(button(say("settings.diagnostics-action"), () => openDiagnostics(around)));
      },
    },
  ];
}

/** Waits for what this device may be unable to tell: then there is nothing to choose. */
function only(
  key: "wifiOnly" | "chargingOnly",
  name: "wifi" | "charging",
  around: Surroundings,
): SettingDefinitionControl<Key> {
  const { say, conditions } = around;
  if (conditions.read()[name] !== undefined) return toggle(key, name, around);
  const control = { type: "toggle", key, disabled: true } as const;
  return { ...item(name, around, control), desc: say("settings.cannot-tell") };
}

function toggle(key: Key, name: Named, around: Surroundings): SettingDefinitionControl<Key> {
  return item(name, around, { type: "toggle", key });
}

function choice(key: Key, name: Chosen, around: Surroundings): SettingDefinitionControl<Key> {
  return item(name, around, { type: "dropdown", key, options: optionsOf(name, around.say) });
}

function item(
  name: Named,
  { say }: Surroundings,
  control: SettingControl<Key>,
): SettingDefinitionControl<Key> {
  return { name: say(`settings.${name}`), desc: say(`settings.${name}-desc`), control };
}
