export type { BackupPorts } from "./context";
export { BackupEngine } from "./engine";
