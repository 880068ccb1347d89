export { BackupSettingTab } from "./settings-tab";
