import type { WorkspaceLeaf } from "../workspace/leaf";
import { EmptyView, UnknownView } from "./empty-view";
import type { View } from "./view";

export type ViewCreator = (leaf: WorkspaceLeaf) => View;

/** Which view shows what: by its type, and by a file's extension. */
export class ViewRegistry {
  readonly #creators = new Map<string, ViewCreator>([["empty", (leaf) => new EmptyView(leaf)]]);
  readonly #extensions = new Map<string, string>();

  /** @throws Error where the type is taken */
  register(type: string, creator: ViewCreator): void {
    if (this.#creators.has(type)) throw new Error(`Attempting to register an existing view type "${type}"`);
    this.#creators.set(type, creator);
  }

  unregister(type: string): void {
    this.#creators.delete(type);
  }

  registerExtensions(extensions: string[], type: string): void {
    for (const extension of extensions) this.#extensions.set(extension, type);
  }

  typeOf(extension: string): string | null {
    return this.#extensions.get(extension) ?? null;
  }

  create(type: string, leaf: WorkspaceLeaf): View {
    const creator = this.#creators.get(type);
    if (creator !== undefined) return creator(leaf);
    const view = new UnknownView(leaf);
    view._type = type;
    return view;
  }
}
