/** Rows drawn before and after those in sight, so that a quick scroll meets no empty place. */
const OVERSCAN = 6;

/** One row that is to be drawn. Pixels from the top of the list. */
export interface PlacedRow {
  readonly index: number;
  readonly start: number;
  readonly size: number;
  /** How many rows it lies above or below those in sight. */
  readonly away: number;
}

/** Which rows of a long list are in sight. Heights are known beforehand, so nothing is ever measured. */
export class RowWindow {
  /** Where each row begins, and behind the last one the end; pixels. */
  #starts = new Float64Array(1);
  #first = 0;
  #last = -1;
  /** The first and the last row in sight. */
  #sight: readonly [number, number] = [0, 0];

  /** @param scroller  the element that scrolls and is as high as what is in sight */
  constructor(private readonly scroller: HTMLElement) {}

  /** Height of all rows together. */
  get height(): number {
    return this.#starts.at(-1) ?? 0;
  }

  /** Other rows, by their heights. */
  place(heights: readonly number[]): void {
    const starts = new Float64Array(heights.length + 1);
    heights.forEach((height, index) => (starts[index + 1] = (starts[index] ?? 0) + height));
    this.#starts = starts;
    this.look();
  }

  /** Looks where the scroller stands; answers whether other rows are in sight than before. */
  look(): boolean {
    const { scrollTop, clientHeight } = this.scroller;
    const end = this.#starts.length - 2;
    const top = this.#rowAt(scrollTop);
    const bottom = this.#rowAt(scrollTop + clientHeight);
    this.#sight = [top, bottom];
    const first = Math.max(0, top - OVERSCAN);
    const last = clientHeight === 0 ? -1 : Math.min(end, bottom + OVERSCAN);
    if (first === this.#first && last === this.#last) return false;
    this.#first = first;
    this.#last = last;
    return true;
  }

  *rows(): Generator<PlacedRow> {
    for (let index = this.#first; index <= this.#last; index += 1) {
      const start = this.#starts[index] ?? 0;
      const [top, bottom] = this.#sight;
      const away = Math.max(0, top - index, index - bottom);
      yield { index, start, size: (this.#starts[index + 1] ?? start) - start, away };
    }
  }

  /** Scrolls just as far as it takes to have the row in sight; `below` is how much of the scroller's end is covered. */
  reveal(index: number, below: number): void {
    const { scrollTop, clientHeight } = this.scroller;
    const start = this.#starts[index] ?? 0;
    const end = (this.#starts[index + 1] ?? start) + (index === this.#starts.length - 2 ? below : 0);
    if (start < scrollTop) this.scroller.scrollTop = start;
    else if (end > scrollTop + clientHeight) this.scroller.scrollTop = end - clientHeight;
    this.look();
  }

  /** The row at a height, by halving. */
  #rowAt(height: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? 0) <= height) low = middle;
      else high = middle;
    }
    return low;
  }
}
