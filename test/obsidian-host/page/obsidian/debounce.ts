export interface Debouncer<T extends unknown[], V> {
  (...args: [...T]): this;
  cancel(): this;
  run(): V | void;
}

export function debounce<T extends unknown[], V>(
  callback: (...args: [...T]) => V,
  timeout = 0,
  resetTimer = false,
): Debouncer<T, V> {
  let timer: number | undefined;
  let pending: [...T] | undefined;
  const run = (): V | void => {
    window.clearTimeout(timer);
    timer = undefined;
    const args = pending;
    pending = undefined;
    if (args !== undefined) return callback(...args);
  };
  const debounced = (...args: [...T]): Debouncer<T, V> => {
    pending = args;
    if (timer !== undefined && resetTimer) {
      window.clearTimeout(timer);
      timer = undefined;
    }
    timer ??= window.setTimeout(run, timeout);
    return self;
  };
  const self: Debouncer<T, V> = Object.assign(debounced as Debouncer<T, V>, {
    cancel: () => {
      window.clearTimeout(timer);
      timer = undefined;
      pending = undefined;
      return self;
    },
    run,
  });
  return self;
}
