import type { Media } from "./media/describe";

/** A refresh token and what stands behind it. */
export interface Grant {
  refreshToken: string;
  client: string;
  account: string;
  scopes: readonly string[];
  /** When the person consented, ms on the emulator's clock. */
  at: number;
  /** Whether the project was in testing then; publishing it later changes nothing (fact sheet §1.5). */
  testing: boolean;
}

/** Bytes that were uploaded and wait for a create. */
export interface Upload {
  id: string;
  client: string;
  account: string;
  sha256: string;
  size: number;
  filename: string | null;
  at: number;
  /** What the bytes are; null where they are no photo or video. */
  media: Media | null;
}

export interface Item {
  id: string;
  account: string;
  /** The client id that made it; null where the user had it from elsewhere. */
  client: string | null;
  sha256: string;
  size: number;
  filename: string;
  description: string;
  media: Media;
  /** When it was created, ms on the emulator's clock. */
  at: number;
  /** The date the library shows it under: capture date, else `at`. */
  creationTime: number;
}

export interface Album {
  id: string;
  account: string;
  client: string | null;
  title: string;
  at: number;
}

/** What is in an album, in its order: items and enrichments (texts, places, maps). */
export type Entry = { item: string } | { enrichment: string };

/** Where new entries go in an album. */
export type Place = { at: "first" | "last" } | { after: Entry };

/** Everything that can happen to the service's memory; one journal line each. */
export type Change =
  | { is: "key"; key: string }
  | { is: "clock"; aheadMs: number }
  | { is: "grant"; grant: Grant }
  | { is: "grant-used"; refreshToken: string; at: number }
  | { is: "grant-ended"; refreshToken: string; at: number }
  | { is: "access"; token: string; refreshToken: string; until: number }
  | { is: "upload"; upload: Upload }
  | { is: "upload-used"; id: string }
  | { is: "item"; item: Item }
  | { is: "item-described"; id: string; description: string }
  | { is: "item-binned"; id: string; at: number }
  | { is: "item-restored"; id: string }
  | { is: "item-deleted"; id: string }
  | { is: "album"; album: Album }
  | { is: "album-changed"; id: string; title?: string; cover?: string }
  | { is: "album-added"; id: string; entries: readonly Entry[]; place: Place; at: number }
  | { is: "album-removed"; id: string; items: readonly string[] }
  | { is: "album-deleted"; id: string };
