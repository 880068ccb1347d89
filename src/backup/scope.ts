import { under, type Scope, type VaultPath } from "../model";
import type { Catalogue } from "./catalogue";

/** The images that a command is about. */
export function pathsWithin(scope: Scope, catalogue: Catalogue): readonly VaultPath[] {
  if (scope.of === "images") return scope.paths;
  const folders = [scope.of === "folder" ? scope.path : ""];
  return [...catalogue.all()].map(({ image }) => image.path).filter((path) => under(path, folders));
}
