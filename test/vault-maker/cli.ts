/** Makes the pictures of the sample vault anew: `npm run make-sample-vault`. Its notes are written by hand. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { samplePictures } from "./sample-pictures.js";

const vault = join(import.meta.dirname, "..", "vault");

let total = 0;
for (const { path, bytes } of samplePictures) {
  const content = await bytes();
  await mkdir(dirname(join(vault, path)), { recursive: true });
  await writeFile(join(vault, path), content);
  total += content.length;
  console.log(`${path}: ${(content.length / 1000).toFixed(1)} kB`);
}
console.log(`${samplePictures.length} pictures, ${(total / 1e6).toFixed(2)} MB, in ${vault}`);
