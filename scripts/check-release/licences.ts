import type { Faults, Project } from "./project";

/** By which words main.js tells each licence. */
const TOLD: Readonly<Record<string, string>> = {
  MIT: "Permission is hereby granted, free of charge",
  "Apache-2.0": "Licensed under the Apache License, Version 2.0",
};

/**
 * Packages of docs/third-party.md whose holder and licence main.js does not carry: a person gets three files, and both
 * licences want to be told in every copy.
 */
export function licenceFaults(project: Project, main: string): Faults {
  const page = project.read("docs/third-party.md") ?? "";
  const rows = [...page.matchAll(/^\| `([^`]+)` *\| ([^ ]+) *\| `([^`]+)` *\|$/gm)];
  if (rows.length === 0) return ["docs/third-party.md names no package"];
  const lines = main.split("\n");
  return rows
    .filter(([, name = "", licence = "", holder = ""]) => {
      const words = TOLD[licence];
      const isNamed = lines.some((line) => line.startsWith(`${name}: `) && line.includes(holder));
      return words === undefined || !main.includes(words) || !isNamed;
    })
    .map(([, name = ""]) => `main.js carries no notice of ${name}`);
}
