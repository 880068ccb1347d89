/**
 * The arrows between the rooms of src/. Type-only imports count: knowing a room's types is knowing the room.
 */
const frontDoor = "^src/[^/]+/index\\.ts$";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "rooms-use-model-alone",
      severity: "error",
      comment: "A room uses model/ and itself; what it needs of others, main.ts hands in through the ports.",
      from: { path: "^src/([^/]+)/", pathNot: "^src/ui/" },
      to: { path: "^src/", pathNot: ["^src/$1/", "^src/model/"] },
    },
    {
      name: "ui-uses-status-and-words",
      severity: "error",
      comment: "Surfaces read the one truth of status/ and take their words from i18n/.",
      from: { path: "^src/ui/" },
      to: { path: "^src/", pathNot: "^src/(ui|model|status|i18n)/" },
    },
    {
      name: "ledger-by-itself",
      severity: "error",
      comment: "What is written down knows nothing of what is done with it.",
      from: { path: "^src/backup/(ledger|disposable)/" },
      to: { path: "^src/backup/", pathNot: "^src/backup/(ledger/|disposable/|together\\.ts$)" },
    },
    {
      name: "rooms-have-one-door",
      severity: "error",
      comment: "A room is entered through its index.ts only.",
      from: { path: "^src/([^/]+)/" },
      to: { path: "^src/[^/]+/", pathNot: ["^src/$1/", frontDoor] },
    },
    {
      name: "main-uses-the-doors",
      severity: "error",
      comment: "main.ts, too, enters a room through its index.ts only.",
      from: { path: "^src/[^/]+\\.ts$" },
      to: { path: "^src/[^/]+/", pathNot: frontDoor },
    },
    {
      name: "obsidian-at-the-edges",
      severity: "error",
      comment: "Only main.ts, vault/, ui/ and platform/ know Obsidian.",
      from: { path: "^src/", pathNot: "^src/(main\\.ts$|vault/|ui/|platform/)" },
      to: { path: "^obsidian$|(^|/)node_modules/obsidian/" },
    },
    {
      name: "node-behind-platform",
      severity: "error",
      comment: "Node's modules are the host's: platform/ is the only door to them.",
      from: { path: "^src/", pathNot: "^src/platform/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "electron-behind-platform",
      severity: "error",
      comment: "The same for Electron, which is in no package here and so is known by its name alone.",
      from: { path: "^src/", pathNot: "^src/platform/" },
      to: { path: "^electron$" },
    },
    {
      name: "google-client-behind-google",
      severity: "error",
      comment: "Only google/ knows the sign-in library.",
      from: { path: "^src/", pathNot: "^src/google/" },
      to: { path: "(^|/)node_modules/google-auth-library/" },
    },
    {
      name: "bundle-what-ships",
      severity: "error",
      comment: "What is bundled stands under dependencies; Obsidian itself brings its API and CodeMirror.",
      from: { path: "^src/" },
      to: {
        dependencyTypes: ["npm-dev"],
        pathNot: "(^|/)node_modules/(obsidian|@codemirror/[^/]+|electron)/",
      },
    },
    {
      name: "nothing-from-tests",
      severity: "error",
      comment: "The product knows neither its tests nor its scripts.",
      from: { path: "^src/" },
      to: { path: "^(test|scripts)/" },
    },
    {
      name: "no-circles",
      severity: "error",
      comment: "Two files that need each other are one thing, or hide a third.",
      from: { path: "^src/" },
      to: { circular: true },
    },
    {
      name: "nothing-unresolved",
      severity: "error",
      comment:
        "An import that leads nowhere would be judged by no other rule. Obsidian and Electron are known by name.",
      from: { path: "^src/" },
      to: { couldNotResolve: true, pathNot: "^(obsidian|electron)$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
