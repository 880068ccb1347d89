import type { Component, Setting } from "obsidian";

/**
 * A row about the account. It stands in the settings as a rendered item, since a declared control would save what is
 * typed, such as the secret, to `data.json`; and in the account's window.
 */
export interface AccountRow {
  readonly name: string;
  readonly desc: string;
  /** Reads signals: it is to be asked again when they change. */
  visible(): boolean;
  render(setting: Setting, life: Component): void;
}
