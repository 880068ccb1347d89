export { ReportModal } from "./report-modal";
export { reportRows } from "./rows";
