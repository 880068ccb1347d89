/** Stands in for Node's `stream`: the auth client only asks whether something is one of these, and nothing is. */
export class Readable {}
export class PassThrough {}
