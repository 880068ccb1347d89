import { build } from "esbuild";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export interface PageBundle {
  script: Buffer;
  styles: string;
}

const pageFolder = fileURLToPath(new URL("../page/", import.meta.url));
const styleFolder = path.join(pageFolder, "style");

let bundle: Promise<PageBundle> | undefined;

/** The page's own code, bundled in memory, once in the life of this process. */
export function pageBundle(): Promise<PageBundle> {
  return (bundle ??= bundlePage());
}

async function bundlePage(): Promise<PageBundle> {
  const { outputFiles } = await build({
    entryPoints: [path.join(pageFolder, "start.ts")],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    minifyWhitespace: true,
    logLevel: "silent",
  });
  const styles = fs.readdirSync(styleFolder).sort();
  return {
    script: Buffer.from(outputFiles[0]?.contents ?? []),
    styles: styles.map((name) => fs.readFileSync(path.join(styleFolder, name), "utf8")).join("\n"),
  };
}
