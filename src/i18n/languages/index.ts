import { de } from "./de";
import { es } from "./es";
import { fr } from "./fr";
import { it } from "./it";
import { ja } from "./ja";
import { ko } from "./ko";
import { nl } from "./nl";
import { pl } from "./pl";
import { pt } from "./pt-BR";
import { ru } from "./ru";
import { zh } from "./zh";

/** The tables of all languages beside English, by their BCP 47 names. */
export const TABLES: Readonly<Record<string, string>> = {
  de,
  es,
  fr,
  it,
  ja,
  ko,
  nl,
  pl,
  "pt-BR": pt,
  ru,
  zh,
};
