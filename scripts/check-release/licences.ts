import type { Faults, Project } from "./project";

/** What packages call their licence's file. */
const LICENCE_FILES = ["LICENSE", "license"];

/**
 * Packages of docs/third-party.md whose holder and licence main.js does not carry: a person gets three files, and both
 * licences want to be in every copy.
 */
export function licenceFaults(project: Project, main: string): Faults {
  const page = project.read("docs/third-party.md") ?? "";
  const rows = [...page.matchAll(/^\| `([^`]+)` *\|[^|]*\| `([^`]+)` *\|$/gm)];
  if (rows.length === 0) return ["docs/third-party.md names no package"];
  return rows
    .filter(([, name = "", holder = ""]) => {
      const licence = LICENCE_FILES.map((file) => project.read(`node_modules/${name}/${file}`)?.trim());
      const text = licence.find((one) => one !== undefined);
      return text === undefined || !main.includes(text) || !main.includes(holder);
    })
    .map(([, name = ""]) => `main.js carries no notice of ${name}`);
}
