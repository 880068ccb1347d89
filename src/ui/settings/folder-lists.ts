import type { SettingDefinitionList } from "obsidian";
import { folderChosen, type BackupSettings } from "../../model";
import type { Surroundings } from "../surroundings";

type Folders = BackupSettings["folders"];
export type FolderList = keyof Folders;

/** The key of one folder's control, such as `folders.include.0`. */
export type FolderKey = `folders.${FolderList}.${number}`;

const KEY = /^folders\.(include|exclude)\.(\d+)$/;

/**
 * The two lists of folders as the settings tab edits them. A folder that was added and not named yet is kept here
 * alone: in the settings an empty name would mean the whole vault.
 */
export class FolderLists {
  readonly #drafts: Record<FolderList, string[]>;

  constructor(
    private readonly around: Surroundings,
    /** Renders the lists anew. */
    private readonly update: () => void,
  ) {
    const { include, exclude } = around.settings.read().folders;
    this.#drafts = { include: [...include], exclude: [...exclude] };
  }

  /** Takes over what changed elsewhere, such as on another device. */
  sync(): void {
    const { folders } = this.around.settings.read();
    for (const list of ["include", "exclude"] as const) {
      if (sameFolders(named(this.#drafts[list]), folders[list])) continue;
      this.#drafts[list] = [...folders[list]];
      this.update();
    }
  }

  definition(list: FolderList): SettingDefinitionList<FolderKey> {
    const { words } = this.around;
    const draft = this.#drafts[list];
    return {
      type: "list",
      heading: words.say(`settings.${list}`),
      emptyState: words.say(`settings.${list}-empty`),
      cls: `vib-folders-${list}`,
      items: draft.map((path, index) => ({
        name: path === "" ? words.say("settings.folder") : path,
        desc: path === "" ? "" : words.say("settings.folder-count", { n: this.#imagesIn(path) }),
        control: {
          type: "folder",
          key: `folders.${list}.${index}` as const,
          validate: (value) => this.#refusal(list, index, value),
        },
      })),
      onDelete: (index) => {
        draft.splice(index, 1);
        void this.#keep(list);
        this.update();
      },
      addItem: {
        name: words.say("settings.add-folder"),
        action: () => {
          draft.push("");
          this.update();
        },
      },
    };
  }

  /** The folder at a key; `undefined` where the key is none of ours. */
  read(key: string): string | undefined {
    const at = placeOf(key);
    return at === undefined ? undefined : (this.#drafts[at.list][at.index] ?? "");
  }

  /** Answers whether the key was one of ours. */
  async write(key: string, value: string): Promise<boolean> {
    const at = placeOf(key);
    if (at === undefined) return false;
    this.#drafts[at.list][at.index] = value;
    await this.#keep(at.list);
    this.update();
    return true;
  }

  #refusal(list: FolderList, index: number, value: string): string | undefined {
    const { app, words } = this.around;
    if (value === "") return undefined;
    if (app.vault.getFolderByPath(value) === null) return words.say("settings.folder-unknown");
    const first = this.#drafts[list].indexOf(value);
    return first >= 0 && first !== index ? words.say("settings.folder-twice") : undefined;
  }

  #imagesIn(path: string): number {
    const folders = { include: [path], exclude: [] };
    let images = 0;
    for (const image of this.around.status.images().keys()) if (folderChosen(image, folders)) images += 1;
    return images;
  }

  async #keep(list: FolderList): Promise<void> {
    const { settings } = this.around;
    await settings.change({ folders: { ...settings.read().folders, [list]: named(this.#drafts[list]) } });
  }
}

function placeOf(key: string): { readonly list: FolderList; readonly index: number } | undefined {
  const [, list, index] = KEY.exec(key) ?? [];
  if (list !== "include" && list !== "exclude") return undefined;
  return { list, index: Number(index) };
}

function named(folders: readonly string[]): string[] {
  return folders.filter((path) => path !== "");
}

function sameFolders(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((path, index) => path === other[index]);
}
