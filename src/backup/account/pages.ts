import { PhotosError, type Page } from "../../model";
import type { Basis } from "../basis";

/**
 * The rows of a list of Google's, page by page. A page whose answer was lost is asked for again: a long list must not
 * begin anew for one of them. Throws `PhotosError`.
 */
export async function* pagesOf<Row>(
  ask: (page: string | undefined) => Promise<Page<Row>>,
  { retries, signal }: Basis,
): AsyncIterable<readonly Row[]> {
  let page: string | undefined;
  do {
    const from = page;
    const found = await retries.patiently(() => ask(from), signal);
    yield found.rows;
    page = found.next;
    // It would never end.
    if (page === from && page !== undefined) throw new PhotosError("transient");
  } while (page !== undefined);
}
