export type { Headline, Settled } from "./headline";
export { needsPerson } from "./headline";
export type { LastRun, Run } from "./run";
export { createStatus, type FedStatus, type Status } from "./status";
export type { Summary } from "./summary";
