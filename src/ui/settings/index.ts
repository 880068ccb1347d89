export { ChoiceModal } from "./choice-modal";
export { BackupSettingTab } from "./settings-tab";
