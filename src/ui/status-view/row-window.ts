/** Rows drawn before and after those in sight, so that a quick scroll meets no empty place. */
const OVERSCAN = 6;

/** One row that is to be drawn. Pixels from the top of the list. */
export interface PlacedRow {
  readonly index: number;
  readonly start: number;
  readonly size: number;
}

/** Which rows of a long list are in sight. Heights are known beforehand, so nothing in it is measured. */
export interface RowWindow {
  /** Height of all rows together. */
  height(): number;
  /** Other rows, by their heights. */
  place(heights: readonly number[]): void;
  /** Looks where the scroller stands; answers whether other rows are in sight than before. */
  look(): boolean;
  rows(): readonly PlacedRow[];
  /** Scrolls just as far as it takes to have the row in sight; `below` is how much of the scroller's end is covered. */
  reveal(index: number, below: number): void;
}

/** @param scroller  the element that scrolls and is as high as what is in sight */
export function windowOf(scroller: HTMLElement): RowWindow {
  /** Where each row begins, and behind the last one the end; pixels. */
  let starts = new Float64Array(1);
  let first = 0;
  let last = -1;

  const startOf = (index: number): number => starts[index] ?? 0;

  /** The row at a height, by halving. */
  const rowAt = (height: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (startOf(middle) <= height) low = middle;
      else high = middle;
    }
    return low;
  };

  const look = (): boolean => {
    const { scrollTop, clientHeight } = scroller;
    const before = [first, last];
    first = Math.max(0, rowAt(scrollTop) - OVERSCAN);
    const end = rowAt(scrollTop + clientHeight) + OVERSCAN;
    last = clientHeight === 0 ? -1 : Math.min(starts.length - 2, end);
    return first !== before[0] || last !== before[1];
  };

  return {
    look,
    height: () => startOf(starts.length - 1),
    place: (heights) => {
      starts = new Float64Array(heights.length + 1);
      heights.forEach((height, index) => (starts[index + 1] = startOf(index) + height));
      look();
    },
    rows: () =>
      Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => {
        const index = first + place;
        const start = startOf(index);
        return { index, start, size: startOf(index + 1) - start };
      }),
    reveal: (index, below) => {
      const { scrollTop, clientHeight } = scroller;
      const start = startOf(index);
      const end = startOf(index + 1) + (index === starts.length - 2 ? below : 0);
      if (start < scrollTop) scroller.scrollTop = start;
      else if (end > scrollTop + clientHeight) scroller.scrollTop = end - clientHeight;
      look();
    },
  };
}
