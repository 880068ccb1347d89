import fs from "node:fs";
import path from "node:path";

/** A secret in one of the forms that it may be written in. */
export interface SecretForm {
  readonly form: string;
  readonly bytes: Buffer;
}

/** Every form that a secret is searched in: as it is, in addresses, in base64 at any alignment, in UTF-16. */
export function formsOf(secret: string): readonly SecretForm[] {
  const plain = Buffer.from(secret);
  const forms: SecretForm[] = [
    { form: "plain", bytes: plain },
    { form: "UTF-16", bytes: Buffer.from(secret, "utf16le") },
    { form: "URL-encoded", bytes: Buffer.from(encodeURIComponent(secret)) },
    { form: "form-encoded", bytes: Buffer.from(new URLSearchParams({ s: secret }).toString().slice(2)) },
    { form: "JSON", bytes: Buffer.from(JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/")) },
    { form: "hex", bytes: Buffer.from(plain.toString("hex")) },
  ];
  for (const before of [0, 1, 2]) {
    const shifted = Buffer.concat([Buffer.alloc(before), plain]);
    // Characters that also hold bits of a neighbour are not the secret's alone.
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor((shifted.length * 8) / 6);
    for (const encoding of ["base64", "base64url"] as const) {
      const text = shifted.toString(encoding).slice(from, to);
      forms.push({ form: `${encoding} after ${before} bytes`, bytes: Buffer.from(text) });
    }
  }
  return forms;
}

/** Something that was written or shown. */
export interface Written {
  readonly where: string;
  readonly bytes: Buffer;
}

/** Every file under a folder, but those that are named. */
export function filesUnder(folder: string, but: readonly string[] = []): readonly Written[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !but.includes(file))
    .map((file) => ({ where: path.relative(folder, file), bytes: fs.readFileSync(file) }));
}

/** Where secrets were found, and in which form; the secrets themselves are not repeated. */
export function find(secrets: Iterable<string>, written: readonly Written[]): readonly string[] {
  const found = new Set<string>();
  for (const secret of secrets) {
    for (const { form, bytes } of formsOf(secret)) {
      for (const place of written) {
        if (place.bytes.includes(bytes)) found.add(`${secret.slice(0, 4)}… ${form} in ${place.where}`);
      }
    }
  }
  return [...found];
}
