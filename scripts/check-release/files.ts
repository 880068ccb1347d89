import { readJson, type Faults, type Project } from "./project";

const NEEDED = ["README.md", "LICENSE", "manifest.json", "versions.json", "package-lock.json", "styles.css"];

/** Built, or a person's own: the review rebuilds main.js, and data.json may hold what is nobody's business. */
const UNWANTED = ["main.js", "main.js.meta.json", "data.json"];

/** What is wrong with which files are published, and with licence and lock file. */
export function fileFaults(project: Project): Faults {
  const isTracked = (path: string): boolean => project.tracked.includes(path);
  return [
    ...NEEDED.filter((path) => !isTracked(path)).map((path) => `${path} must be under version control`),
    ...UNWANTED.filter(isTracked).map((path) => `${path} must not be under version control`),
    ...project.tracked
      .filter((path) => /(^|\/)(?:client_secret.*\.json|\.env)$/.test(path))
      .map((path) => `${path} looks like a secret`),
    ...licenceFaults(project.read("LICENSE") ?? ""),
    ...lockFaults(project),
    ...buildFaults(project),
  ];
}

function licenceFaults(licence: string): Faults {
  const faults: string[] = [];
  if (!licence.startsWith("MIT License")) faults.push("LICENSE must begin with the name of the licence");
  if (!/^Copyright \(c\) 20\d\d \S.*$/m.test(licence)) faults.push("LICENSE must name a year and a holder");
  return faults;
}

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}

/** A lock file that holds addresses installs from nowhere else, and one without hashes installs anything. */
function lockFaults(project: Project): Faults {
  const lock = readJson(project, "package-lock.json");
  const faults: string[] = [];
  if (lock["lockfileVersion"] !== 3)
    faults.push("package-lock.json must be of version 3, which npm 10 reads");
  const packages = Object.entries((lock["packages"] ?? {}) as Record<string, LockedPackage>);
  for (const [path, { resolved, integrity, link }] of packages) {
    if (path === "" || link === true) continue;
    if (resolved !== undefined) faults.push(`package-lock.json: ${path} has an address`);
    if (integrity === undefined) faults.push(`package-lock.json: ${path} has no hash`);
  }
  return faults;
}

/** The review runs the first of these that it finds. */
const BUILD_NAMES = ["build", "build:plugin", "compile"];

function buildFaults(project: Project): Faults {
  const scripts = (readJson(project, "package.json")["scripts"] ?? {}) as Record<string, string>;
  const first = BUILD_NAMES.find((name) => scripts[name] !== undefined);
  return first === "build" ? [] : ["package.json: the review looks for a script “build”"];
}
