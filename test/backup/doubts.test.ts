import { describe, expect, it } from "vitest";
import { Doubts } from "../../src/backup/ledger/doubts";
import { LedgerRecord, type Intent } from "../../src/backup/ledger/ledger-record";
import { accountKey, deviceId, fingerprintFrom } from "../../src/model";

const ACCOUNT = accountKey("c", "1");
const FP = fingerprintFrom("c".repeat(64));
const SECOND = 1_000;
const OVER = 300 * SECOND;

const intent = (): Intent => ({
  v: 1,
  device: deviceId("desk"),
  n: 1,
  at: 0,
  what: "intent",
  account: ACCOUNT,
  fp: FP,
  recipe: "o",
  hash: "h",
  name: "n",
});

/** What is told of bytes, so long after they were asked about last, where these intents of them are open. */
function doubts() {
  let now = 1_000_000;
  let openIntents: readonly Intent[] = [];
  const record = new LedgerRecord(FP);
  Object.defineProperty(record, "openIntents", { get: () => openIntents });
  const known = new Doubts({ record: () => record }, { elapsed: () => now });
  const after = (ms: number, open: readonly Intent[]) => {
    now += ms;
    openIntents = open;
    return known.about(ACCOUNT, FP);
  };
  const noteAnswered = (open: readonly Intent[]): void => {
    openIntents = open;
    known.noteAnswered(ACCOUNT, FP);
  };
  return { after, noteAnswered, begin: now };
}

describe("bytes of which a create may have made an item", () => {
  it("are in no doubt where no intent is open", () => {
    expect(doubts().after(0, [])).toBeUndefined();
  });

  it("are looked for after 2, 15, 90 and 300 seconds, and only then may they be sent again", () => {
    const { after, begin } = doubts();
    const open = [intent()];
    expect(after(0, open)).toEqual({
      lookSince: undefined,
      isOver: false,
      mayRepeat: false,
      rest: 2 * SECOND,
    });
    const is = { isOver: false, mayRepeat: false };
    expect(after(2 * SECOND, open)).toEqual({ ...is, lookSince: begin + 2 * SECOND, rest: 13 * SECOND });
    expect(after(14 * SECOND, open)).toEqual({ ...is, lookSince: begin + 15 * SECOND, rest: 74 * SECOND });
    expect(after(OVER - 16 * SECOND - 1, open)).toEqual({ ...is, lookSince: begin + 90 * SECOND, rest: 1 });
    expect(after(1, open)).toEqual({ isOver: true, mayRepeat: true, lookSince: begin + OVER, rest: 0 });
  });

  it("may be sent again by the same token after the first look, where an answer came", () => {
    const { noteAnswered, after } = doubts();
    const open = [intent()];
    noteAnswered(open);
    expect(after(0, open)).toMatchObject({ isOver: false, mayRepeat: false });
    expect(after(2 * SECOND, open)).toMatchObject({ isOver: false, mayRepeat: true });
  });

  it("stay in doubt for the youngest of their intents, and while one of them has no answer", () => {
    const { noteAnswered, after } = doubts();
    const [own, other] = [intent(), intent()];
    noteAnswered([own]);
    after(0, [own]);
    expect(after(OVER, [own])).toMatchObject({ isOver: true });
    expect(after(0, [own, other])).toMatchObject({ isOver: false, mayRepeat: false, rest: 2 * SECOND });
    expect(after(2 * SECOND, [own, other])).toMatchObject({ isOver: false, mayRepeat: false });
  });
});
