import { FileSystemAdapter, TFile, type App, type TAbstractFile } from "obsidian";
import {
  folderOf,
  imageKind,
  isImageExtension,
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
    images: () => imagesAmong(vault.getFiles()),
    stamp: async (path) => {
      const stat = await vault.adapter.stat(path);
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
    watch: (tell) => watchImages(app, tell),
  };
}

/** The one writer. Obsidian refuses to make a file where there is one, so that a race writes over nothing. */
async function createFile(
  { vault }: App,
  path: VaultPath,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<"written" | "in-the-way" | "failed"> {
  const { adapter } = vault;
  try {
    if (await adapter.exists(path)) return "in-the-way";
    const folder = folderOf(path);
    if (folder !== "" && !(await adapter.exists(folder))) await vault.createFolder(folder);
    await vault.createBinary(path, bytes.slice().buffer);
    return "written";
  } catch {
    return (await adapter.exists(path)) ? "in-the-way" : "failed";
  }
}

function* imagesAmong(files: readonly TFile[]): Generator<VaultImage> {
  for (const file of files) if (isImage(file)) yield imageOf(file);
}

/** By what Obsidian has cut off already: a vault has many files. */
function isImage(file: TFile): boolean {
  return isImageExtension(file.extension);
}

function imageOf(file: TFile): VaultImage {
  const { size, mtime, ctime } = file.stat;
  return { path: file.path, size, mtime, ctime };
}

function inMemory(bytes: Uint8Array<ArrayBuffer>): ByteSource {
  return { size: bytes.byteLength, slice: (start, end) => Promise.resolve(bytes.subarray(start, end)) };
}

function watchImages(app: App, tell: (change: VaultChange) => void): () => void {
  const { vault } = app;
  const renamed = (file: TFile, from: VaultPath): void => {
    const was = imageKind(from) !== undefined;
    if (was && isImage(file)) tell({ type: "renamed", from, image: imageOf(file) });
    else if (was) tell({ type: "deleted", path: from });
    else if (isImage(file)) tell({ type: "created", image: imageOf(file) });
  };
  const tellOf = (change: (file: TFile) => VaultChange) => (file: TAbstractFile) => {
    if (file instanceof TFile && isImage(file)) tell(change(file));
  };
  const refs = [
    vault.on(
      "create",
      tellOf((file) => ({ type: "created", image: imageOf(file) })),
    ),
    vault.on(
      "modify",
      tellOf((file) => ({ type: "changed", image: imageOf(file) })),
    ),
    vault.on(
      "delete",
      tellOf(({ path }) => ({ type: "deleted", path })),
    ),
    // Obsidian tells of every file in a renamed folder one by one.
    vault.on("rename", (file, from) => {
      if (file instanceof TFile) renamed(file, from);
    }),
  ];
  return () => {
    for (const ref of refs) vault.offref(ref);
  };
}
