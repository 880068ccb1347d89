export { openReport } from "./report-window";
export { reportRows } from "./rows";
