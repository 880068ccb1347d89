/** Stands in for Node's `EventEmitter`, which the auth client extends: nobody listens to it here. */
export class EventEmitter {}
