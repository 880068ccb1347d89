import { Platform } from "obsidian";

/**
 * A module of Node or Electron, asked for only when it is needed and only where there is one; `undefined` on phones,
 * where the app answers nothing, and wherever it is refused. Its form is for the caller to check.
 */
export function nodeModule(name: "crypto" | "electron" | "fs" | "http"): unknown {
  if (!Platform.isDesktopApp || Platform.isMobile) return undefined;
  const ask = (window as { readonly require?: unknown }).require;
  if (typeof ask !== "function") return undefined;
  try {
    const found: unknown = (ask as (id: string) => unknown).call(window, name);
    return found ?? undefined;
  } catch {
    return undefined; // this host has none
  }
}
