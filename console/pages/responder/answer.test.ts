import { beforeEach, describe, expect, it, vi } from 'vitest';
import { timeZone } from '../../words/site-time.ts';
import { openAnswer } from './answer.ts';
import { type AnswerClient, type AnswerData, AnswerError, type Upload } from './answer-client.ts';
import { openDrafts } from './drafts.ts';
import type { ChosenPicture } from './picture-box.ts';
import { Pace, sendPicture } from './send-picture.ts';

const told: AnswerData = {
  ...{
    placeName: '邓家铺村',
    cameraName: '村口',
    scenarioName: '村口夜间',
    kind: 'intrusion',
    severity: 'high',
  },
  ...{
    raisedAt: 1,
    expiresAt: 2,
    timezone: 'Asia/Urumqi',
    state: 'dispatched',
    next: ['accept', 'arrived'],
    hasPicture: false,
    pictures: [],
  },
};
const gone = () => new AnswerError(0, 'unreachable');

/** A site that a test takes the line to away and gives back. */
class ScriptedSite implements AnswerClient {
  isAway = false;
  refusal: AnswerError | undefined;
  readonly steps: string[] = [];
  readonly here = new Map<string, number>();
  readonly chunks: number[] = [];
  /** Chunks whose answer is lost although they came. */
  lost = 0;

  async open() {
    this.#pass();
    return told;
  }

  async picture() {
    this.#pass();
    return new Blob([]);
  }

  async step(step: string, why?: string): Promise<AnswerData> {
    this.#pass();
    this.steps.push(why === undefined ? step : `${step}: ${why}`);
    return { ...told, ...(step === 'done' ? { state: 'resolved' as const, next: [] } : {}) };
  }

  async uploaded({ id }: Upload) {
    this.#pass();
    return { offset: this.here.get(id) ?? 0 };
  }

  async send({ id, sizeBytes }: Upload, offset: number, chunk: Blob) {
    this.#pass();
    if (offset !== (this.here.get(id) ?? 0)) throw new AnswerError(409, 'upload-moved');
    this.here.set(id, offset + chunk.size);
    this.chunks.push(chunk.size);
    if (this.lost-- > 0) throw gone();
    const picture = { n: 1, sha256: 'a'.repeat(64), sizeBytes, width: 1, height: 1 };
    return offset + chunk.size === sizeBytes
      ? { offset: sizeBytes, picture }
      : { offset: offset + chunk.size };
  }

  #pass(): void {
    if (this.isAway) throw gone();
    if (this.refusal) throw this.refusal;
  }
}

class MemoryBox {
  readonly kept = new Map<string, ChosenPicture>();
  all = async () => [...this.kept.values()];
  put = async (one: ChosenPicture) => void this.kept.set(one.id, one);
  remove = async (id: string) => void this.kept.delete(id);
}

let site: ScriptedSite;
let box: MemoryBox;
beforeEach(() => {
  site = new ScriptedSite();
  box = new MemoryBox();
  localStorage.clear();
});

/** The page as it is after a load or a reload: a rest ends when the test says so. */
const load = () => {
  const rests: (() => void)[] = [];
  const answer = openAnswer({
    ...{ client: site, box, drafts: openDrafts(localStorage, 'token'), now: () => 1000, random: () => 0.5 },
    shrink: async (picture) => picture,
    sleep: (ms) => (ms === 0 ? Promise.resolve() : new Promise((resolve) => rests.push(resolve))),
  });
  answer.start();
  const rest = (): void => {
    for (const end of rests.splice(0)) end();
  };
  return { answer, rest };
};

describe('the page over a poor line', () => {
  it('says since when it is offline, and goes on when the line is back', async () => {
    site.isAway = true;
    const { answer, rest } = load();
    await vi.waitFor(() => expect(answer.offlineSince.value).toBe(1000));
    site.isAway = false;
    rest();

    await vi.waitFor(() => expect(answer.data.value).toEqual(told));
    expect(answer.offlineSince.value).toBeUndefined();
  });

  it('says that it is offline as soon as the telephone says so, and takes it back once the site is heard', async () => {
    const { answer, rest } = load();
    await vi.waitFor(() => expect(answer.data.value).toEqual(told));
    site.isAway = true;
    answer.lose();
    expect(answer.offlineSince.value).toBe(1000);
    site.isAway = false;

    await vi.waitFor(() => {
      rest();
      expect(answer.offlineSince.value).toBeUndefined();
    });
  });

  it('finds out by looking, with nothing pressed', async () => {
    const { answer, rest } = load();
    await vi.waitFor(() => expect(answer.data.value).toEqual(told));
    site.isAway = true;

    await vi.waitFor(() => {
      rest();
      expect(answer.offlineSince.value).toBe(1000);
    });
  });

  it('shows the time of the site, also of what was kept', async () => {
    timeZone.value = 'Asia/Shanghai';
    const first = load();
    await vi.waitFor(() => expect(first.answer.data.value).toEqual(told));
    expect(timeZone.value).toBe('Asia/Urumqi');
    timeZone.value = 'Asia/Shanghai';
    site.isAway = true;
    load();

    expect(timeZone.value).toBe('Asia/Urumqi');
  });

  it('sends what was pressed while it was offline, also after a reload', async () => {
    const first = load();
    await vi.waitFor(() => expect(first.answer.data.value).toEqual(told));
    site.isAway = true;
    first.answer.say('done', '已劝离');
    await vi.waitFor(() => expect(first.answer.offlineSince.value).toBe(1000));
    const second = load();
    expect(second.answer.data.value).toEqual(told);
    site.isAway = false;
    second.rest();

    await vi.waitFor(() => {
      second.rest();
      expect(site.steps).toEqual(['done: 已劝离']);
    });
    expect(second.answer.data.value?.state).toBe('resolved');
    expect(localStorage.length).toBe(0);
  });

  it('sends pictures that were chosen before it ends the task', async () => {
    const { answer } = load();
    await vi.waitFor(() => expect(answer.data.value).toEqual(told));
    await answer.add('after', new Blob([new Uint8Array(100_000)]));
    answer.say('done', '已劝离');

    await vi.waitFor(() => expect(site.steps).toEqual(['done: 已劝离']));
    expect([...site.here.values()]).toEqual([100_000]);
    expect([box.kept.size, answer.waiting.value]).toEqual([0, []]);
  });

  it('goes on with a picture after a reload', async () => {
    site.isAway = true;
    const first = load();
    await first.answer.add('before', new Blob([new Uint8Array(10)]));
    site.isAway = false;
    load();

    await vi.waitFor(() => expect([...site.here.values()]).toEqual([10]));
  });

  it.each([
    ['answer-taken', 403, 'taken'],
    ['answer-over', 410, 'over'],
    ['answer-unknown', 404, 'unknown'],
  ] as const)('ends with words of its own for %s', async (code, status, problem) => {
    site.refusal = new AnswerError(status, code);
    const { answer } = load();

    await vi.waitFor(() => expect(answer.problem.value).toBe(problem));
  });
});

describe('sending a picture', () => {
  const one: ChosenPicture = { id: 'one', when: 'after', bytes: new Blob([new Uint8Array(300_000)]) };
  const options = (pace = new Pace()) => ({ client: site, pace, now: () => 0, onProgress: () => undefined });

  it('takes larger chunks while the line is quick', async () => {
    await sendPicture(options(), one);

    expect(site.chunks.slice(0, 3)).toEqual([32_768, 65_536, 131_072]);
    expect(site.chunks.reduce((sum, size) => sum + size)).toBe(300_000);
  });

  it('goes on behind a chunk whose answer was lost', async () => {
    site.lost = 1;
    await expect(sendPicture(options(), one)).rejects.toThrow();
    await sendPicture(options(), one);

    expect(site.here.get('one')).toBe(300_000);
    expect(site.chunks.reduce((sum, size) => sum + size)).toBe(300_000);
  });

  it('takes smaller ones after a failure, down to a bound', () => {
    const pace = new Pace();
    for (let count = 0; count < 9; count++) pace.failed();

    expect(pace.bytes).toBe(8192);
  });
});
