// What ours use of packages that the build cuts, as one bundle for test/release/cut-packages.test.ts.
export { Lanes } from "../../src/backup/lanes";
export { generate } from "lean-qr/nano";
