import type * as obs from "obsidian";
import type { obsidianModule } from "./module";

/** Holds the host's module to Obsidian's type package: it may promise no more and no less, but what `LeftOut` names. */

type Callable = (...given: never) => unknown;
type Class = abstract new (...given: never) => unknown;

/** A class that plugins do not make themselves is compared by its instances and static members alone. */
type Compared<T> = T extends Callable
  ? T
  : T extends Class
    ? ConstructorParameters<T> extends []
      ? { [Member in keyof T]: T[Member] }
      : T
    : T extends { prototype: unknown }
      ? { [Member in keyof T]: T[Member] }
      : T;

export type Promised<Left extends PropertyKey> = {
  [Name in Exclude<keyof typeof obs, Left>]: Compared<(typeof obs)[Name]>;
};

type InstanceOf<T> = T extends { prototype: infer Instance } ? Instance : never;

/** Public members of ours that Obsidian's types lack. What begins with an underscore is the host's own. */
type Extra<Ours, Theirs> = Exclude<keyof InstanceOf<Ours>, keyof InstanceOf<Theirs> | `_${string}`>;

type Extras = {
  [
    Name in keyof typeof obsidianModule & keyof typeof obs as (typeof obsidianModule)[Name] extends Callable
      ? never
      : [Extra<(typeof obsidianModule)[Name], (typeof obs)[Name]>] extends [never]
        ? never
        : Name
  ]: Extra<(typeof obsidianModule)[Name], (typeof obs)[Name]>;
};

/** Nothing can be this where a class of the host has a public member that Obsidian's has not. */
export type NothingExtra = [keyof Extras] extends [never] ? typeof obsidianModule : never;
