import type { Plugin } from "esbuild";

/** What the build says of a bundle; sizes in bytes. */
export interface BundleMeta {
  readonly bytes: number;
  readonly gzip: number;
  /** Google's auth client with all it brings along. */
  readonly authClient: number;
  /** The modules it asks for when it loads. */
  readonly asksFor: readonly string[];
  /** How many errors it makes when it loads. */
  readonly errors: number;
  /** By package, and by room of our own. */
  readonly shares: Readonly<Record<string, number>>;
  /** What each language's table takes, by its name. */
  readonly languages: Readonly<Record<string, number>>;
  /** The bundle with empty tables. */
  readonly withoutTables: { readonly bytes: number; readonly gzip: number };
}

/** Bundles the plugin, or an entry, as Obsidian loads it; rejects where it would not load on a phone, or is too large. */
export function bundle(options?: {
  /** Relative to the project. */
  readonly entry?: string;
  /** Readable, with an inline source map. */
  readonly dev?: boolean;
}): Promise<{ readonly code: string; readonly meta: BundleMeta }>;

/** Puts the program for pictures into a bundle once, for page and worker. */
export const pictureProgram: Plugin;
