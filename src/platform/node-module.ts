import { Platform } from "obsidian";

/**
 * A module of Node or Electron, asked for only when it is needed and only where there is one; `undefined` on phones,
 * where the app answers nothing, and wherever it is refused or has another form.
 *
 * @param Form  as much of the module as is used
 * @param has   a function that is in it, by its path: a host may answer with something else
 */
export function nodeModule<Form>(name: "crypto" | "electron" | "fs" | "http", has: string): Form | undefined {
  if (!Platform.isDesktopApp || Platform.isMobile) return undefined;
  const { require } = window as { readonly require?: (name: string) => unknown };
  try {
    const found = require?.call(window, name);
    const parts = has.split(".");
    const member = parts.reduce<unknown>(
      (whole, part) => (whole as Readonly<Record<string, unknown>>)[part],
      found,
    );
    return typeof member === "function" ? (found as Form) : undefined;
  } catch {
    return undefined; // this host has none
  }
}
