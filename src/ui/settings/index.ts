export { openChoice } from "./choice-window";
export { BackupSettingTab } from "./settings-tab";
export { followRenamedFolders } from "./renamed-folders";
