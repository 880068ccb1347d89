export { openHost, type HostPage, type OpenOptions } from "./open-host";
export { startHost, stableHostname, type ExternalOpener, type Host, type HostOptions } from "./server/host";
export type { Actor, ConsoleLine, FileRecord, HostLog, LogEntries, RequestRecord } from "./server/log";
