export type { Headline } from "./headline";
export { createStatus, type FedStatus, type Status } from "./status";
export type { Summary } from "./summary";
export type { Totals } from "./totals";
