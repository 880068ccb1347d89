/** Rows drawn before and after those in sight, so that a quick scroll meets no empty place. */
const OVERSCAN = 6;

/** The status bar lies over the end of a sidebar: so many pixels. */
const COVERED = 28;

/** One row that is to be drawn. Pixels from the top of the list. */
export interface PlacedRow<Row> {
  readonly row: Row;
  readonly index: number;
  readonly start: number;
  readonly size: number;
}

/** Which rows of a long list are in sight. Heights are known beforehand, so nothing in it is measured. */
export interface RowWindow<Row> {
  /** Height of all rows together, and of what is covered below them. */
  height(): number;
  /** Other rows, with their heights. */
  place(rows: readonly Row[], heightOf: (row: Row) => number): void;
  /** Looks where the scroller stands; answers whether other rows are in sight than before. */
  look(): boolean;
  rows(): readonly PlacedRow<Row>[];
  /** Scrolls just as far as it takes to have the row in sight. */
  reveal(index: number): void;
}

/** @param scroller  the element that scrolls and is as high as what is in sight */
export function windowOf<Row>(scroller: HTMLElement): RowWindow<Row> {
  let all: readonly Row[] = [];
  /** Where each row begins, and the height of all; pixels. */
  let starts: readonly number[] = [];
  let whole = 0;
  /** The first row that is to be drawn, and the one behind the last. */
  let first = 0;
  let end = 0;

  const startOf = (index: number): number => starts[index] ?? whole;

  /** The row at a height, by halving. */
  const rowAt = (height: number): number => {
    let low = 0;
    let high = all.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (startOf(middle) <= height) low = middle;
      else high = middle;
    }
    return low;
  };

  const look = (): boolean => {
    const { scrollTop, clientHeight } = scroller;
    const before = [first, end];
    first = Math.max(0, rowAt(scrollTop) - OVERSCAN);
    end = clientHeight === 0 ? 0 : rowAt(scrollTop + clientHeight) + 1 + OVERSCAN;
    return first !== before[0] || end !== before[1];
  };

  return {
    look,
    height: () => whole + COVERED,
    place: (rows, heightOf) => {
      all = rows;
      whole = 0;
      starts = all.map((row) => {
        const start = whole;
        whole += heightOf(row);
        return start;
      });
      look();
    },
    rows: () =>
      all.slice(first, end).map((row, place) => {
        const index = first + place;
        const start = startOf(index);
        return { row, index, start, size: startOf(index + 1) - start };
      }),
    reveal: (index) => {
      const { scrollTop, clientHeight } = scroller;
      const start = startOf(index);
      const bottom = startOf(index + 1) + COVERED;
      if (start < scrollTop) scroller.scrollTop = start;
      else if (bottom > scrollTop + clientHeight) scroller.scrollTop = bottom - clientHeight;
      look();
    },
  };
}
