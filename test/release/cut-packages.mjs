// What ours use of packages that the build cuts, as one bundle for test/release/cut-packages.test.ts.
export { batch, computed, effect, signal, untracked } from "@preact/signals-core";
export { Lanes } from "../../src/backup/sending/lanes";
export { generate } from "lean-qr/nano";
