/** The creates of each user that are being answered, so that overlapping ones are seen (fact sheet §4.1). */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Whether a create of this user is being answered now. */
  busy(account: string): boolean {
    return this.#last.has(account);
  }

  /** Waits for the user's creates before this one; call what it answers when this one has been answered. */
  async take(account: string): Promise<() => void> {
    const before = this.#last.get(account);
    let end = (): void => undefined;
    const mine = new Promise<void>((done) => (end = done));
    const both = (before ?? Promise.resolve()).then(() => mine);
    this.#last.set(account, both);
    await before;
    return () => {
      end();
      if (this.#last.get(account) === both) this.#last.delete(account);
    };
  }
}
