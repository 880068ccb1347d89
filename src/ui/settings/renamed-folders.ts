import { TFolder } from "obsidian";
import { renamedFolders } from "../../model";
import type { Surroundings } from "../surroundings";

/** A folder that is renamed is the same to a person: one that was left out stays left out under its new name. */
export function followRenamedFolders({ plugin, app, settings }: Surroundings): void {
  plugin.registerEvent(
    app.vault.on("rename", (file, from) => {
      if (!(file instanceof TFolder)) return;
      const { folders } = settings.read();
      const after = renamedFolders(folders, from, file.path);
      if (after !== folders) void settings.change({ folders: after });
    }),
  );
}
