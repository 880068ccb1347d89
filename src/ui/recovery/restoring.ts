import { Notice } from "obsidian";
import type { RecoveryCommands, Restoration, VaultPath } from "../../model";
import { factList, openQuestion } from "../dialog";
import type { Surroundings } from "../surroundings";
import { addFileField } from "../fields";
import { tellUndone } from "../tell-undone";
import { sayError } from "../wording";

/** How many images lie in no file of the vault at these paths: notes may name one in several ways. */
export function itemsAway(paths: readonly VaultPath[], { status }: Surroundings): number {
  const chosen = new Set(paths);
  const items = status.away.peek().flatMap(({ path, item }) => (chosen.has(path) ? item.id : []));
  return new Set(items).size;
}

/** Says what Google hands back, before images are put back into the vault. */
export function openRestore(around: Surroundings, paths: readonly VaultPath[]): void {
  const { say } = around;
  openQuestion(
    around,
    say("restore.title", { n: itemsAway(paths, around) }),
    factList([say("restore.copy"), say("restore.place")]),
    say("restore.confirm"),
    () => restore(around, paths),
    "next",
  ).addClass("vib-restore");
}

/** Has the person choose the folder of a Google export, and puts images back out of it. */
export function openExport(around: Surroundings, paths: readonly VaultPath[]): void {
  const { say } = around;
  const label = say("restore.choose");
  const choose = (): boolean => {
    field.click();
    return true; // stays open until a folder is chosen
  };
  const question = openQuestion(
    around,
    say("command.restore-export"),
    factList([say("restore.export"), say("restore.place")]),
    label,
    choose,
    "next",
  ).addClass("vib-export");
  // A folder chosen in a file field may be read as a whole, and nothing beside it.
  const attr = { webkitdirectory: "", multiple: "" };
  const field = addFileField(question.contentEl, label, attr, (chosen) => {
    question.close();
    restore(around, paths, chosen);
  });
}

/** Puts images back, says that it is under way, and what it came to. */
function restore(around: Surroundings, ...what: Parameters<RecoveryCommands["restore"]>): void {
  const restoring = new Notice(around.say("notice.restoring"), 0);
  around.plugin.register(() => restoring.hide());
  void around.recovery.restore(...what).then((restored) => {
    restoring.hide();
    if (restored) tellRestored(restored, around);
    else tellUndone(around);
  });
}

function tellRestored({ same, copies, not, tooLarge = 0, error }: Restoration, { say }: Surroundings): void {
  const n = same + copies;
  const said = [
    n > 0 ? say("notice.restored", { n, same }) : "",
    not > 0 ? say("notice.not-restored", { n: not }) : "",
    tooLarge > 0 ? say("notice.too-large", { n: tooLarge }) : "",
    error ? sayError(error, say) : not > tooLarge ? say("notice.not-had") : "",
  ].filter((one) => one !== "");
  if (said.length > 0) new Notice(said.join("\n"));
}
