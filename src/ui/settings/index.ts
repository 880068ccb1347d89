export { openChoice } from "./choice-window";
export { BackupSettingTab } from "./settings-tab";
