import type {
  BlockSubpathResult,
  CachedMetadata,
  FootnoteSubpathResult,
  HeadingSubpathResult,
  Reference,
  ReferenceCache,
} from "obsidian";
import { stripHeading } from "./paths";
import { parseFrontMatterTags } from "./yaml";

export function iterateRefs(refs: Reference[], callback: (ref: Reference) => boolean | void): boolean {
  return refs.some((ref) => callback(ref) === true);
}

export function iterateCacheRefs(
  cache: CachedMetadata,
  callback: (ref: ReferenceCache) => boolean | void,
): boolean {
  return [...(cache.links ?? []), ...(cache.embeds ?? [])].some((ref) => callback(ref) === true);
}

export function getAllTags(cache: CachedMetadata): string[] | null {
  const inFront =
    parseFrontMatterTags((cache.frontmatter as Record<string, unknown> | undefined) ?? null) ?? [];
  return [...inFront, ...(cache.tags ?? []).map(({ tag }) => tag)];
}

type Subpath = HeadingSubpathResult | BlockSubpathResult | FootnoteSubpathResult;

/** Finds what `#Heading` or `#^block` means in a note. */
export function resolveSubpath(cache: CachedMetadata, subpath: string): Subpath | null {
  const wanted = subpath.split("#").pop() ?? "";
  if (wanted.startsWith("^")) {
    const block = cache.blocks?.[wanted.slice(1).toLowerCase()] ?? cache.blocks?.[wanted.slice(1)];
    return block === undefined
      ? null
      : { type: "block", block, start: block.position.start, end: block.position.end };
  }
  const headings = cache.headings ?? [];
  const name = (text: string): string => stripHeading(text).toLowerCase();
  const at = headings.findIndex(({ heading }) => name(heading) === name(wanted));
  const current = headings[at];
  if (current === undefined) return null;
  const next = headings.slice(at + 1).find(({ level }) => level <= current.level);
  const { start } = current.position;
  return { type: "heading", current, next: next as never, start, end: next?.position.start ?? null };
}
