import { folderChosen, type Scope, type VaultPath } from "../model";
import type { Catalogue } from "./catalogue";

/** The images that a command is about. */
export function pathsWithin(scope: Scope, catalogue: Catalogue): readonly VaultPath[] {
  switch (scope.of) {
    case "images":
      return scope.paths;
    case "vault":
      return [...catalogue.all()].map(({ image }) => image.path);
    case "folder": {
      const folders = { include: [scope.path], exclude: [] };
      return [...catalogue.all()]
        .map(({ image }) => image.path)
        .filter((path) => folderChosen(path, folders));
    }
  }
}
