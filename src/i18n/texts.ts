import type { english } from "./english";

type English = typeof english;

/** Names a text. */
export type TextKey = keyof English;

/** A text with one form per plural category that whole numbers have in the language; `{n}` chooses. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

export type Text = string | PluralForms;

/** Answers a text, where there is one. */
export type Lookup<Key extends string> = (key: Key) => Text | undefined;

/** Answers each text in one language. */
export type Texts = (key: TextKey) => Text;

/** `{name}` in a text is filled with the value of that name. */
type Placeholders<Source extends string> = Source extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type SourceOf<Entry> = Entry extends string ? Entry : Entry[keyof Entry & ("one" | "other")];

type NamesIn<Key extends TextKey> = Placeholders<SourceOf<English[Key]> & string>;

/** What a text wants to be filled with: nothing, or a value for each of its placeholders. */
export type Values<Key extends TextKey> = [NamesIn<Key>] extends [never]
  ? []
  : [values: Readonly<Record<NamesIn<Key>, string | number>>];

/** Names a text that says all by itself. */
export type PlainKey = { [Key in TextKey]: Values<Key> extends [] ? Key : never }[TextKey];
