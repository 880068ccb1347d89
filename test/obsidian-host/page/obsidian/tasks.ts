/** What is still to be awaited before the app quits. */
export class Tasks {
  readonly _promises: Promise<unknown>[] = [];

  add(callback: () => Promise<unknown>): void {
    this.addPromise(callback());
  }

  addPromise(promise: Promise<unknown>): void {
    this._promises.push(promise);
  }

  isEmpty(): boolean {
    return this._promises.length === 0;
  }

  promise(): Promise<unknown> {
    return Promise.all(this._promises);
  }
}
