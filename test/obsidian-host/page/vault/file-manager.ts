import type * as obs from "obsidian";
import type { App } from "../obsidian/app";
import { ConfirmationModal } from "../obsidian/modal";
import { basenameOf, folderOf, joinPath, normalizePath } from "../obsidian/paths";
import { getFrontMatterInfo, parseYaml, stringifyYaml } from "../obsidian/yaml";
import { TFile, type TFolder } from "./files";

export class FileManager {
  readonly _app: App;

  constructor(app: App) {
    this._app = app;
  }

  getNewFileParent(sourcePath: string, _newFilePath?: string): TFolder {
    return this._app.vault.getFolderByPath(folderOf(sourcePath)) ?? this._app.vault.getRoot();
  }

  /** Moves the file and rewrites the links that led to it. */
  async renameFile(file: obs.TAbstractFile, newPath: string): Promise<void> {
    const { metadataCache, vault } = this._app;
    const oldPath = file.path;
    const sources = Object.entries(metadataCache.resolvedLinks).filter(
      ([, targets]) => targets[oldPath] !== undefined,
    );
    const links = sources.map(([sourcePath]) => ({ sourcePath, cache: metadataCache.getCache(sourcePath) }));
    const leading = links.map(({ sourcePath, cache }) => ({
      source: vault.getFileByPath(sourcePath),
      references: [...(cache?.links ?? []), ...(cache?.embeds ?? [])].filter(
        ({ link }) =>
          metadataCache.getFirstLinkpathDest(link.split("#")[0] ?? "", sourcePath)?.path === oldPath,
      ),
    }));
    await vault.rename(file, normalizePath(newPath));
    for (const { source, references } of leading) {
      if (source === null || !(file instanceof TFile)) continue;
      await vault.process(source, (text) => this._relink(text, references, file, source.path));
    }
  }

  async promptForDeletion(file: obs.TAbstractFile): Promise<boolean> {
    const confirmed = await new Promise<boolean>((resolve) => {
      const modal = new ConfirmationModal(this._app);
      modal.setTitle("Delete file").setContent(`Are you sure you want to delete “${file.name}”?`);
      modal.addButton((button) =>
        button
          .setButtonText("Delete")
          .setDestructive()
          .onClick(() => resolve(true)),
      );
      modal.addCancelButton();
      modal.setCloseCallback(() => resolve(false));
      modal.open();
    });
    if (confirmed) await this.trashFile(file);
    return confirmed;
  }

  trashFile(file: obs.TAbstractFile): Promise<void> {
    return this._app.vault.trash(file, true);
  }

  /** A wikilink, with `!` before it for what is shown in place, as Obsidian's defaults have it. */
  generateMarkdownLink(file: obs.TFile, sourcePath: string, subpath = "", alias = ""): string {
    const text = this._app.metadataCache.fileToLinktext(file, sourcePath) + subpath;
    const link = `[[${text}${alias === "" ? "" : `|${alias}`}]]`;
    return file.extension === "md" ? link : `!${link}`;
  }

  async processFrontMatter(
    file: obs.TFile,
    fn: (frontmatter: Record<string, unknown>) => void,
    options?: obs.DataWriteOptions,
  ): Promise<void> {
    await this._app.vault.process(
      file,
      (text) => {
        const info = getFrontMatterInfo(text);
        const frontmatter = ((info.exists ? parseYaml(info.frontmatter) : null) ?? {}) as Record<
          string,
          unknown
        >;
        fn(frontmatter);
        const body = text.slice(info.contentStart);
        return Object.keys(frontmatter).length === 0
          ? body
          : `---\n${stringifyYaml(frontmatter)}---\n${body}`;
      },
      options,
    );
  }

  /** A free path in the folder that the vault's settings name: by default its top. */
  async getAvailablePathForAttachment(filename: string, sourcePath?: string): Promise<string> {
    const folder = await this._attachmentFolder(
      sourcePath ?? this._app.workspace.getActiveFile()?.path ?? "",
    );
    const name = basenameOf(filename);
    const extension = filename.slice(name.length);
    const { adapter } = this._app.vault;
    if (folder !== "" && !(await adapter.exists(folder))) await adapter.mkdir(folder);
    let path = joinPath(folder, filename);
    for (let i = 1; await adapter.exists(path); i++) path = joinPath(folder, `${name} ${i}${extension}`);
    return normalizePath(path);
  }

  async _attachmentFolder(sourcePath: string): Promise<string> {
    const { adapter, configDir } = this._app.vault;
    const file = `${configDir}/app.json`;
    if (!(await adapter.exists(file))) return "";
    const settings = JSON.parse(await adapter._disk.readText(file, "host")) as {
      attachmentFolderPath?: string;
    };
    const { attachmentFolderPath = "/" } = settings;
    if (attachmentFolderPath === "/") return "";
    if (!attachmentFolderPath.startsWith("./")) return normalizePath(attachmentFolderPath);
    const below = attachmentFolderPath.slice(2);
    return below === "" ? folderOf(sourcePath) : joinPath(folderOf(sourcePath), below);
  }

  _relink(text: string, references: obs.ReferenceCache[], file: TFile, sourcePath: string): string {
    const inOrder = [...references].sort((a, b) => b.position.start.offset - a.position.start.offset);
    return inOrder.reduce((current, { original, link, displayText, position }) => {
      const { start, end } = position;
      if (current.slice(start.offset, end.offset) !== original) return current;
      const alias = displayText === undefined || displayText === link ? "" : displayText;
      const subpath = link.includes("#") ? link.slice(link.indexOf("#")) : "";
      const generated = this.generateMarkdownLink(file, sourcePath, subpath, alias).replace(/^!/, "");
      return (
        current.slice(0, start.offset) +
        (original.startsWith("!") ? "!" : "") +
        generated +
        current.slice(end.offset)
      );
    }, text);
  }
}
