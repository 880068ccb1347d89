export type { Headline } from "./headline";
export { createStatus, type AwayImage, type FedStatus, type Status } from "./status";
export type { Summary } from "./summary";
export type { Totals } from "./totals";
