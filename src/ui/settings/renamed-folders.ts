import { renamedFolders } from "../../model";
import type { Surroundings } from "../surroundings";

/** What is renamed is the same to a person: a folder or image that was left out stays left out under its new name. */
export function followRenamedFolders({ plugin, app, settings }: Surroundings): void {
  plugin.registerEvent(
    app.vault.on("rename", (file, from) => {
      const { folders } = settings.read();
      const after = renamedFolders(folders, from, file.path);
      if (after !== folders) void settings.change({ folders: after });
    }),
  );
}
