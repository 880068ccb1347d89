export function normalizePath(path: string): string {
  const cleaned = path
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/[\\/]+/g, "/")
    .replace(/^\/+|\/+$/g, "")
    .normalize("NFC");
  return cleaned === "" ? "/" : cleaned;
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The folder a path lies in: empty for what lies at the top. */
export const folderOf = (path: string): string =>
  path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";

export function extensionOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? "" : name.slice(dot + 1).toLowerCase();
}

export function basenameOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? name : name.slice(0, dot);
}

export const joinPath = (folder: string, name: string): string =>
  folder === "" || folder === "/" ? name : `${folder}/${name}`;

export const isHiddenPath = (path: string): boolean => path.split("/").some((name) => name.startsWith("."));

/** Resolves `.` and `..` against a folder. */
export function resolvePath(folder: string, relative: string): string {
  const names = folder === "" ? [] : folder.split("/");
  for (const name of relative.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "." && name !== "") names.push(name);
  }
  return names.join("/");
}

export function parseLinktext(linktext: string): { path: string; subpath: string } {
  const clean = linktext.replace(/\u00a0/g, " ").normalize("NFC");
  const hash = clean.indexOf("#");
  return hash < 0
    ? { path: clean, subpath: "" }
    : { path: clean.slice(0, hash).trim(), subpath: clean.slice(hash) };
}

export function getLinkpath(linktext: string): string {
  return parseLinktext(linktext).path;
}

export function stripHeading(heading: string): string {
  return heading
    .replace(/[!"#$%&()*+,.:;<=>?@^`{|}~/[\]\\\r\n]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

export function stripHeadingForLink(heading: string): string {
  return heading
    .replace(/([:#|^\\\r\n]|%%|\[\[|\]\])/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
