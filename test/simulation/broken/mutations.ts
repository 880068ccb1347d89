/** One deliberate fault in the engine, and the promise that it breaks. */
export interface Mutation {
  readonly breaks: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly put: string;
  /** Where one change alone would only make the engine go round in circles. */
  readonly and?: Omit<Mutation, "breaks">;
}

/** For each promise of the engine at least one way to break it; the simulation has to notice every one. */
export const mutations: readonly Mutation[] = [
  {
    breaks: "every image comes to rest in one state: what cannot be sent is never concluded",
    file: "src/backup/sending/send.ts",
    find: `prepared.skip);
      this.#context.conclude(fingerprint);`,
    put: `prepared.skip);`,
  },
  {
    breaks: "every image comes to rest in one state: files with equal bytes are not planned anew",
    file: "src/backup/planning/triage.ts",
    find: `for (const path of this.#context.catalogue.pathsOf(fingerprint)) this.plan(path, rest);`,
    put: `for (const path of this.#context.catalogue.pathsOf(fingerprint).slice(0, 1)) this.plan(path, rest);`,
  },
  {
    breaks: "the right state: a file that changed while it was read is taken for what it was before",
    file: "src/backup/planning/steady-read.ts",
    find: `if (now === undefined || !sameStamp(now, before)) throw`,
    put: `if (now === undefined || before === undefined) throw`,
    // What was told meanwhile would be noticed even so.
    and: {
      file: "src/backup/sending/send.ts",
      find: `if (!sameStamp(image, found.image)) throw new FileLost();`,
      put: `if (stamp.size < 0) throw new FileLost();`,
    },
  },
  {
    breaks: "backed-up is said only of what is written down: nobody waits for the disk",
    file: "src/backup/ledger/ledger.ts",
    find: `await this.#ports.journals.append(this.#fileOf(this.#number), text);`,
    put: `void this.#ports.journals.append(this.#fileOf(this.#number), text);`,
  },
  {
    breaks: "exactly once: a create of unknown outcome is not given its five minutes",
    file: "src/backup/ledger/doubts.ts",
    find: `const INTENT_OVER = 300_000;`,
    put: `const INTENT_OVER = 3_000;`,
  },
  {
    breaks: "exactly once: intents that a kill left open are forgotten",
    file: "src/backup/sending/send.ts",
    find: `const doubt = doubts.about(account, fingerprint);`,
    put: `const doubt = false ? doubts.about(account, fingerprint) : undefined;`,
  },
  {
    breaks: "exactly once: no intent is written before a create",
    file: "src/backup/sending/create.ts",
    find: `batch.map((item) => ({
        what: "intent",`,
    put: `batch.slice(0, 0).map((item) => ({
        what: "intent",`,
  },
  {
    breaks: "exactly once: a refusal clears what an earlier create may have done",
    file: "src/backup/sending/create.ts",
    find: `return doubt === undefined ? [{ what: "dropped", fp, recipe } as const] : [];`,
    put: `return [{ what: "dropped", fp, recipe } as const];`,
  },
  {
    breaks: "exactly once: an answered error is taken for nothing done",
    file: "src/backup/sending/create.ts",
    find: `const isUnknown = mayBeDone(error);`,
    put: `const isUnknown = error.kind === "outcome-unknown";`,
  },
  {
    breaks: "exactly once: two files with equal bytes are both sent",
    file: "src/backup/sending/send.ts",
    find: `if (step.do !== "send" || underway.has(fingerprint)) {`,
    put: `if (step.do !== "send") {`,
    and: {
      file: "src/backup/sending/create.ts",
      find: `else if (await adopt(item, view.account, this.#context)) this.#items.delete(item.fingerprint);`,
      put: `else if (item.bytes < 0) this.#items.delete(item.fingerprint);`,
    },
  },
  {
    breaks: "look before sending: no look before a create",
    file: "src/backup/sending/create.ts",
    find: `await view.look("create", { replaced, since });`,
    put: `void [replaced, since];`,
  },
  {
    breaks: "look before sending: what is among the older versions tells nothing of other albums",
    file: "src/backup/account/account-view.ts",
    find: `isAll || changed.some(isOfOlder) || replaced.some((id) => inOlder.has(id));`,
    put: `isAll;`,
  },
  {
    breaks: "older versions are kept: they leave their album and come to no other",
    file: "src/backup/account/tidy.ts",
    find: `ids.filter((id) => this.#cameTo.get(id) !== album);`,
    put: `ids.filter((id) => this.#cameTo.get(id) === album);`,
  },
  {
    breaks: "older versions give way: what was read and never made hides what was backed up",
    file: "src/backup/sending/send.ts",
    find: `isNext ? last.fingerprint : last?.before, skip`,
    put: `isNext || last?.fingerprint !== fingerprint ? last?.fingerprint : last.before, skip`,
  },
  {
    breaks: "older versions give way: a file that is moved on its way replaces nothing",
    file: "src/backup/sending/to-be-made.ts",
    find: `replaces: index.last(path)?.before ?? item.replaces`,
    put: `replaces: item.replaces`,
  },
  {
    breaks: "the account is the truth: a count is believed though the ledger has shrunk",
    file: "src/backup/account/album-counts.ts",
    find: `return kept && kept.known <= this.#basis.ledger.knownIn(this.#account, album) ? kept : undefined;`,
    put: `return kept;`,
  },
  {
    breaks: "the account is the truth: what a look finds is not linked",
    file: "src/backup/sending/adopt.ts",
    find: `if (seen === undefined) return false;`,
    put: `if (seen === undefined || fingerprint.startsWith("7")) return false;`,
  },
  {
    breaks: "several devices agree on one album: the first that is listed is taken",
    file: "src/backup/account/own-albums.ts",
    find: `listed.sort((one, other) => (one.id < other.id ? -1 : 1));`,
    put: `const titles = listed.map(({ title }) => title);
    const firsts = listed.filter(({ title }, place) => titles.indexOf(title) === place);
    listed.splice(0, listed.length, ...firsts);`,
  },
  {
    breaks: "nothing is sent that was not chosen: folders that were left out are sent",
    file: "src/backup/planning/plan.ts",
    find: `if (!folderChosen(image.path, settings.folders)) return`,
    put: `if (!folderChosen(image.path, { include: [], exclude: [] }) && settings.dates) return`,
  },
  {
    breaks: "nothing is sent that was not chosen: automatic backup cannot be turned off",
    file: "src/backup/planning/triage.ts",
    find: `return this.#context.settings().automatic && !isOffHere(this.#context.ports.memory);`,
    put: `return !isOffHere(this.#context.ports.memory);`,
  },
  {
    breaks: "a change of settings applies to what is not yet backed up: another quality sends all anew",
    file: "src/backup/planning/plan.ts",
    find: `if (record?.item !== undefined) return`,
    put: `if (record?.item !== undefined && recipeFrom(record.item.recipe).quality === settings.quality) return`,
    and: {
      file: "src/backup/sending/adopt.ts",
      find: `if (ledger.record(account, fingerprint)?.item !== undefined) {`,
      put: `const old = ledger.record(account, fingerprint)?.item;
    if (old?.recipe[0] === context.settings().quality[0] && old !== undefined) {`,
    },
  },
  {
    breaks: "every image has one state: what was renamed keeps its old path, too",
    file: "src/backup/planning/triage.ts",
    find: `index.move(change.from, change.image.path);
        this.#remove(change.from);`,
    put: `index.move(change.from, change.image.path);`,
  },
  {
    breaks: "a double is shown: nobody counts what stands for the same bytes",
    file: "src/backup/planning/triage.ts",
    find: `const doubles = record && account ? this.#context.ledger.doubles(account, record).length : 0;`,
    put: `const doubles = 0;`,
  },
  {
    breaks: "ledger equals library: answers are taken for those of other images",
    file: "src/backup/sending/create.ts",
    find: `result: results[place] ?? { is: "again" as const }`,
    put: `result: results[results.length - 1 - place] ?? { is: "again" as const }`,
  },
  {
    breaks: "albums are tidy: what a kill interrupted is forgotten",
    file: "src/backup/life.ts",
    find: `parts.tidier.recall(account);`,
    put: ``,
  },
  {
    breaks: "no busy loop: a hold is waited for by asking again and again",
    file: "src/backup/life.ts",
    find: `const dues = [holds.nextEnd];`,
    put: `const dues = [blocked ? now : holds.nextEnd];`,
  },
  {
    breaks: "few requests: what is unsettled is looked for all the time",
    file: "src/backup/ledger/doubts.ts",
    find: `rest: (looks.find((at) => at > now) ?? now) - now,`,
    put: `rest: 1_000,`,
    and: {
      file: "src/backup/sending/send.ts",
      find: `since: doubt?.lookSince,`,
      put: `since: doubt && this.#context.ports.clock.elapsed(),`,
    },
  },
];
