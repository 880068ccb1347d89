import { Notice } from "obsidian";
import type { Restoration } from "../../model";
import type { Surroundings } from "../surroundings";
import { sayError } from "../wording";

/** Says what putting images back came to. */
export function tellRestored({ same, copies, not, error }: Restoration, { words }: Surroundings): void {
  const said = [
    ...(same + copies > 0 ? [words.say("notice.restored", { n: same + copies, same })] : []),
    ...(not > 0 ? [words.say("notice.not-restored", { n: not })] : []),
    ...(error === undefined ? [] : [sayError(words, error)]),
  ];
  if (said.length > 0) new Notice(said.join("\n"));
}
