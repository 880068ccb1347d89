/** Stands in for Node's `https`: gaxios makes an agent only for client certificates, which we do not use. */
export class Agent {
  constructor() {
    throw new Error("there are no agents here");
  }
}
