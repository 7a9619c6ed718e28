import { describe, expect, it } from 'vitest';
import {
  codingOf,
  openScriptedRecorder as openRecorder,
  requestAt,
  secondsOf,
} from '../../test/fixtures/evidence/scripted-recorder.ts';
import { evidenceError } from './errors.ts';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Requests, packets, ends of makings, waits, cancellations and changes of coding in random order. */
const walkOf = (seed: number, fixture: ReturnType<typeof openRecorder>) => {
  const { recorder, receive, media, clock, ring, camera } = fixture;
  const asked: string[] = [];
  let state = seed;
  let at = 0;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * limit);
  };
  const ask = (): void => {
    const request = requestAt(Math.max(0, at - below(8)));
    asked.push(`${request.alertId} clip`, `${request.alertId} snapshot`);
    recorder.request(request);
  };
  const receiveSome = (): void => {
    const from = at + 1;
    at = from + below(4);
    receive(from, at);
  };
  const finishSome = (error?: Error): void => {
    for (const making of media.makings.splice(0, 2)) making.finish(error);
  };
  const wait = async (): Promise<void> => {
    await clock.advance(below(6_000));
    recorder.poll();
  };
  const disturb = (): void => {
    if (below(5) === 0) recorder.cancelAll('removed');
    if (below(5) === 0) ring.clear();
    if (below(5) === 0) camera.coding = codingOf(640 + below(2));
  };
  const fail = (): void => finishSome(new Error('broken'));
  const steps = [ask, ask, receiveSome, receiveSome, receiveSome, () => finishSome(), fail, wait, disturb];
  return { asked, step: async () => steps[below(steps.length)]?.() };
};

describe('RecorderCore', () => {
  it('makes the snapshot at once from the GOP up to the frame', async () => {
    const { media, recorder, receive } = openRecorder();
    receive(0, 12);

    recorder.request(requestAt(10));
    await tick();

    expect(media.makings.map((making) => making.medium)).toEqual(['snapshot']);
    expect(secondsOf(media.makings[0])).toEqual([8, 9, 10]);
  });

  it('makes the clip when the ring has received its end, from the keyframe before its start', async () => {
    const { media, recorder, receive } = openRecorder();
    receive(0, 12);
    recorder.request(requestAt(10));

    receive(13, 14);
    await tick();
    expect(media.of('clip')).toEqual([]);
    receive(15, 16);
    await tick();

    expect(secondsOf(media.of('clip')[0])).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  });

  it('gives one outcome for each medium and then holds nothing', async () => {
    const { media, recorder, receive, budget, heard } = openRecorder();
    receive(0, 12);
    recorder.request(requestAt(10));
    receive(13, 20);
    await tick();

    for (const making of media.makings) making.finish();
    await tick();
    recorder.poll();
    recorder.cancelAll('late');

    expect(heard()).toEqual(['snapshot made', 'clip made']);
    expect([recorder.heldBytes, budget.pending, budget.heldBytes]).toEqual([0, 0, 0]);
  });

  it('keeps what a pending clip needs when the ring lets it go', async () => {
    const { media, recorder, receive } = openRecorder({ ringSeconds: 8 });
    receive(0, 8);
    recorder.request(requestAt(7));

    receive(9, 13);
    await tick();

    expect(secondsOf(media.of('clip')[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('writes what is there when the camera dies during the post-roll', async () => {
    const { media, recorder, receive, clock } = openRecorder();
    receive(0, 12);
    recorder.request(requestAt(10));

    await clock.advance(7_900);
    recorder.poll();
    await tick();
    expect(media.of('clip')).toEqual([]);
    await clock.advance(200);
    recorder.poll();
    await tick();

    expect(secondsOf(media.of('clip')[0]).at(-1)).toBe(12);
  });

  it('serves overlapping requests from one tape', async () => {
    const { media, recorder, receive } = openRecorder();
    receive(0, 12);
    recorder.request(requestAt(10));
    recorder.request(requestAt(11));
    expect(recorder.heldBytes).toBe(9 * 100);

    receive(13, 16);
    await tick();

    expect(media.of('clip').map((making) => secondsOf(making).at(-1))).toEqual([15, 16]);
    expect(media.of('clip').map((making) => secondsOf(making)[0])).toEqual([4, 4]);
  });

  it('refuses requests beyond its bound with a reason, and counts them', () => {
    const { recorder, receive, heard } = openRecorder({ maxPending: 2 });
    receive(0, 12);

    for (let round = 0; round < 4; round++) recorder.request(requestAt(10));

    expect(heard()).toHaveLength(4);
    expect(heard()[0]).toMatch(/^snapshot too-many-requests: 2 requests/);
    expect(recorder.counts).toEqual({ requested: 4, refused: 2, written: 0, missing: 4 });
  });

  it('refuses a request before the camera has sent a picture', () => {
    const { recorder, heard } = openRecorder();

    recorder.request(requestAt(10));

    expect(heard()).toEqual([
      'snapshot stream-unknown: the camera has sent no picture',
      'clip stream-unknown: the camera has sent no picture',
    ]);
  });

  it('ends clips early when their packets are beyond the bytes it may hold', async () => {
    const { recorder, receive, media, heard } = openRecorder({ maxHeldBytes: 1000 });
    receive(0, 12);
    recorder.request(requestAt(10));

    receive(13, 14);
    await tick();
    recorder.request(requestAt(12));

    expect(secondsOf(media.of('clip')[0]).at(-1)).toBe(14);
    expect(heard()[0]).toMatch(/^snapshot too-many-bytes/);
  });

  it('ends waiting clips where the coding changes, and begins anew', async () => {
    const { recorder, receive, media, camera } = openRecorder();
    receive(0, 12);
    recorder.request(requestAt(10));
    camera.coding = codingOf(1280);

    receive(16, 18);
    recorder.request(requestAt(17));
    await tick();

    expect(secondsOf(media.of('clip')[0]).at(-1)).toBe(12);
    expect(media.of('clip')[0]?.job.packets[0]?.coding.size?.width).toBe(640);
    expect(secondsOf(media.of('snapshot')[1])).toEqual([16, 17]);
    expect(media.of('snapshot')[1]?.job.packets[0]?.coding.size?.width).toBe(1280);
  });

  it('cancels what waits at once, and what is being made when it stops', async () => {
    const { recorder, receive, heard } = openRecorder();
    receive(0, 12);
    recorder.request(requestAt(10));
    await tick();

    recorder.cancelAll('the camera was removed');
    expect(heard()).toEqual(['clip evidence-cancelled: the camera was removed']);
    await tick();

    expect(heard()[1]).toBe('snapshot evidence-cancelled: the camera was removed');
  });

  it('closes by writing the clips that wait, and only when they are written', async () => {
    const { recorder, receive, media, heard } = openRecorder();
    receive(0, 12);
    recorder.request(requestAt(10));
    let isClosed = false;
    const closing = recorder.close().then(() => {
      isClosed = true;
    });
    await tick();
    expect(isClosed).toBe(false);

    for (const making of media.makings) making.finish();
    await closing;

    expect(heard()).toEqual(['snapshot made', 'clip made']);
    recorder.request(requestAt(10));
    expect(heard()[2]).toMatch(/evidence-cancelled|stream-unknown/);
    await recorder.close();
  });

  it('gives the reason when a medium cannot be made, and makes the other', async () => {
    const { recorder, receive, media, heard } = openRecorder();
    receive(0, 12);
    recorder.request(requestAt(10));
    receive(13, 16);
    await tick();

    media.of('snapshot')[0]?.finish(evidenceError('evidence-undecodable', `nothing ${'x'.repeat(300)}`));
    media.of('clip')[0]?.finish();
    await tick();

    expect(heard()[0]).toMatch(/^snapshot evidence-undecodable: nothing x+$/);
    expect(heard()[0]?.length).toBeLessThanOrEqual(200 + 'snapshot '.length);
    expect(heard()[1]).toBe('clip made');
  });

  it('has one outcome for each medium of each request, whatever happens in between', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const fixture = openRecorder();
    const { recorder, media, outcomes } = fixture;
    const { asked, step } = walkOf(seed, fixture);

    for (let round = 0; round < 600; round++) await step();
    const closing = recorder.close();
    await tick();
    while (media.makings.length > 0) {
      for (const making of media.makings.splice(0)) making.finish();
      await tick();
    }
    await closing;

    const told = outcomes.map((outcome) => `${outcome.alertId} ${outcome.medium}`);
    expect(told.sort(), `seed ${seed}`).toEqual(asked.sort());
    expect(recorder.heldBytes, `seed ${seed}`).toBe(0);
  });
});
