import { bundle } from "../../esbuild.config.mjs";
import { bundleFaults } from "./bundle";
import { fileFaults } from "./files";
import { hostFaults } from "./hosts";
import { licenceFaults } from "./licences";
import { manifestFaults, versionFaults } from "./manifest";
import { projectIn, type Faults } from "./project";
import { buildElsewhere } from "./reproducible";

/** A line of the community directory's checklist that a script can check. */
export interface Line {
  readonly name: string;
  readonly faults: Faults;
}

/** Checks everything that must hold before the project in a folder is published. */
export async function checkRelease(root: string): Promise<readonly Line[]> {
  const project = projectIn(root);
  const { code: main } = await bundle();
  const styles = project.read("styles.css") ?? "";
  const same = main === buildElsewhere(root);
  return [
    { name: "manifest", faults: manifestFaults(project) },
    { name: "versions", faults: versionFaults(project) },
    { name: "files", faults: fileFaults(project) },
    { name: "bundle", faults: await bundleFaults(main, styles) },
    { name: "hosts", faults: hostFaults(main, project.read("docs/privacy.md") ?? "") },
    { name: "licences", faults: licenceFaults(project, main) },
    {
      name: "reproducible build",
      faults: same ? [] : ["two builds in two folders gave two different main.js"],
    },
  ];
}
