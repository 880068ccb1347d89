import { parse, stringify } from "yaml";
import type { FrontMatterInfo } from "obsidian";

export function parseYaml(yaml: string): unknown {
  return parse(yaml) as unknown;
}

export function stringifyYaml(value: unknown): string {
  return stringify(value);
}

export function getFrontMatterInfo(content: string): FrontMatterInfo {
  const match = /^---[ \t]*\r?\n([\s\S]*?)(^|\r?\n)---[ \t]*(\r?\n|$)/m.exec(content);
  if (match === null || match.index !== 0) {
    return { exists: false, frontmatter: "", from: 0, to: 0, contentStart: 0 };
  }
  const frontmatter = match[1] ?? "";
  const from = content.indexOf("\n") + 1;
  return { exists: true, frontmatter, from, to: from + frontmatter.length, contentStart: match[0].length };
}

type Frontmatter = Record<string, unknown> | null;

export function parseFrontMatterEntry(frontmatter: Frontmatter, key: string | RegExp): unknown {
  if (frontmatter === null) return null;
  if (typeof key === "string") return frontmatter[key] ?? null;
  const found = Object.keys(frontmatter).find((name) => key.test(name));
  return found === undefined ? null : (frontmatter[found] ?? null);
}

export function parseFrontMatterStringArray(frontmatter: Frontmatter, key: string | RegExp): string[] | null {
  const value = parseFrontMatterEntry(frontmatter, key);
  if (value === null) return null;
  const list: unknown[] = Array.isArray(value)
    ? value
    : typeof value === "string"
      ? value.split(",")
      : [value];
  return list.map((item) => String(item).trim()).filter((item) => item !== "");
}

export function parseFrontMatterAliases(frontmatter: Frontmatter): string[] | null {
  return parseFrontMatterStringArray(frontmatter, /^alias(es)?$/i);
}

export function parseFrontMatterTags(frontmatter: Frontmatter): string[] | null {
  const tags = parseFrontMatterStringArray(frontmatter, /^tags?$/i);
  return tags === null
    ? null
    : tags.flatMap((tag) => tag.split(/\s+/)).map((tag) => `#${tag.replace(/^#/, "")}`);
}
