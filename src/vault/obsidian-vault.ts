import { FileSystemAdapter, TFile, type App, type TAbstractFile } from "obsidian";
import {
  folderOf,
  imageKind,
  isImageExtension,
  leadsOut,
  type ByteSource,
  type Vault,
  type VaultChange,
  type VaultImage,
  type VaultPath,
} from "../model";

/**
 * Reads the vault through Obsidian. New files alone are written. To be used from layout-ready on, when the listing is whole.
 *
 * @param openInSlices  opens a file by its absolute path, to be read in pieces, where the host can
 */
export function createVault(
  app: App,
  openInSlices?: (path: string) => Promise<ByteSource | undefined>,
): Vault {
  const { vault } = app;
  return {
    name: vault.getName(),
    *images() {
      for (const file of vault.getFiles()) {
        const image = imageOf(file);
        if (image) yield image;
      }
    },
    stamp: async (path) => {
      // One that may not even be looked at is as good as gone: the others are sent.
      const stat = await vault.adapter.stat(path).catch(() => null);
      return stat?.type === "file" ? { size: stat.size, mtime: stat.mtime } : undefined;
    },
    open: async (path) => {
      const file = vault.getFileByPath(path);
      if (!file) throw new Error("The file is gone.");
      const { adapter } = vault;
      // A video may be larger than memory; an image is read once and whole, which is the faster way.
      if (imageKind(path) === "video" && adapter instanceof FileSystemAdapter) {
        const slices = await openInSlices?.(adapter.getFullPath(path));
        if (slices) return slices;
      }
      return inMemory(new Uint8Array(await vault.readBinary(file)));
    },
    create: (path, bytes) => createFile(app, path, bytes),
    watch: (tell) => watchImages(vault, tell),
  };
}

/**
 * The one writer. Obsidian refuses to make a file where there is one, so that a race writes over nothing; but it follows a
 * path that leads out of the vault.
 */
async function createFile({ vault }: App, path: VaultPath, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const { adapter } = vault;
  if (leadsOut(path)) return false;
  try {
    if (await adapter.exists(path)) return false;
    const folder = folderOf(path);
    if (folder !== "" && !(await adapter.exists(folder))) await vault.createFolder(folder);
    await vault.createBinary(path, bytes.slice().buffer);
    return true;
  } catch {
    return false;
  }
}

/** The image that a file is by its extension, which Obsidian has cut off already: a vault has many files. */
function imageOf(file: TAbstractFile): VaultImage | undefined {
  if (!(file instanceof TFile) || !isImageExtension(file.extension)) return undefined;
  const { size, mtime, ctime } = file.stat;
  return { path: file.path, size, mtime, ctime };
}

function inMemory(bytes: Uint8Array<ArrayBuffer>): ByteSource {
  return { size: bytes.byteLength, slice: (start, end) => Promise.resolve(bytes.subarray(start, end)) };
}

function watchImages(vault: App["vault"], tell: (change: VaultChange) => void): () => void {
  const isThere = (type: "created" | "changed") => (file: TAbstractFile) => {
    const image = imageOf(file);
    if (image) tell({ type, image });
  };
  const isGone = (path: VaultPath): void => {
    if (imageKind(path) !== undefined) tell({ type: "deleted", path });
  };
  const refs = [
    vault.on("create", isThere("created")),
    vault.on("modify", isThere("changed")),
    vault.on("delete", ({ path }) => isGone(path)),
    // Obsidian tells of every file in a renamed folder one by one.
    vault.on("rename", (file, from) => {
      const image = imageOf(file);
      if (image === undefined) isGone(from);
      else if (imageKind(from) === undefined) tell({ type: "created", image });
      else tell({ type: "renamed", from, image });
    }),
  ];
  return () => {
    for (const ref of refs) vault.offref(ref);
  };
}
