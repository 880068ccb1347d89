function normalize(path: string): string {
  const absolute = path.startsWith("/");
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return (absolute ? "/" : "") + names.join("/") || ".";
}

/** Node's `path` for slashes. */
export const pathModule = {
  sep: "/",
  delimiter: ":",
  normalize,
  join: (...parts: string[]) => normalize(parts.filter((part) => part !== "").join("/")),
  resolve: (...parts: string[]) => {
    const last = parts.findLastIndex((part) => part.startsWith("/"));
    return normalize(`/${parts.slice(Math.max(last, 0)).join("/")}`);
  },
  dirname: (path: string) => path.replace(/\/+[^/]*\/*$/, "") || (path.startsWith("/") ? "/" : "."),
  basename: (path: string, suffix = "") => {
    const name = path.replace(/\/+$/, "").split("/").pop() ?? "";
    return suffix !== "" && name.endsWith(suffix) && name !== suffix ? name.slice(0, -suffix.length) : name;
  },
  extname: (path: string) => /[^/.]+(\.[^/.]*)$/.exec(path)?.[1] ?? "",
  isAbsolute: (path: string) => path.startsWith("/"),
  relative: (from: string, to: string) => {
    const a = normalize(from).split("/");
    const b = normalize(to).split("/");
    const same = a.findIndex((name, i) => name !== b[i]);
    const shared = same < 0 ? a.length : same;
    return [...a.slice(shared).map(() => ".."), ...b.slice(shared)].join("/");
  },
};
