/** Stands in for Node's `EventEmitter`, which the auth client extends and p-queue tells by: nobody listens to either. */
export class EventEmitter {
  emit(): boolean {
    return false;
  }
}
