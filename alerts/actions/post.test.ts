import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../core/runtime/clock.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { openRecordedGateway, type RecordedGateway } from '../../test/fixtures/alerts/recorded-gateway.ts';
import { type PostDeps, type PostRequest, post } from './post.ts';

describe('post', () => {
  let gateway: RecordedGateway;

  beforeEach(async () => {
    gateway = await openRecordedGateway();
  });
  afterEach(() => gateway.close());

  const send = (change: Partial<PostRequest> = {}, deps: Partial<PostDeps> = {}): Promise<void> =>
    post(
      { clock: systemClock, ...deps },
      {
        url: `${gateway.url}/alerts?from=xueliang`,
        body: '{"名":1}',
        headers: { 'x-test': 'yes' },
        deadlineMs: 10_000,
        ground: { isPrivate: true },
        signal: new AbortController().signal,
        ...change,
      },
    );

  it('sends what it is given', async () => {
    await send();

    expect(gateway.requests).toEqual([
      {
        method: 'POST',
        path: '/alerts?from=xueliang',
        body: '{"名":1}',
        headers: expect.objectContaining({ 'content-type': 'application/json', 'x-test': 'yes' }),
      },
    ]);
  });

  it.each([
    [400, 'service-refused'],
    [410, 'service-refused'],
    [401, 'service-failing'],
    [429, 'service-failing'],
    [500, 'service-failing'],
    [503, 'service-failing'],
  ])('says what answer %s means: %s', async (status, code) => {
    gateway.answer = () => status;

    await expect(send()).rejects.toMatchObject({ code, message: `answered ${status}` });
  });

  it('follows no redirect', async () => {
    gateway.answer = () => ({ redirect: `${gateway.url}/elsewhere` });

    await expect(send()).rejects.toMatchObject({ code: 'service-refused' });
    expect(gateway.requests).toHaveLength(1);
  });

  it('waits no longer than it may', async () => {
    const clock = new SimulatedClock();
    gateway.answer = () => 'silence';
    const sending = expect(send({}, { clock })).rejects.toMatchObject({ code: 'service-late' });
    await clock.advance(10_000);

    await sending;
  });

  it('does not wait for a name that is not answered', async () => {
    const clock = new SimulatedClock();
    const resolve = (): Promise<string[]> => new Promise(() => undefined);
    const sending = expect(send({ url: 'http://gateway.test/' }, { clock, resolve })).rejects.toMatchObject({
      code: 'service-late',
    });
    await clock.advance(10_000);

    await sending;
  });

  it('connects to the address that was checked, though the name leads elsewhere by now', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    let asked = 0;
    const resolve = async (): Promise<string[]> => answers[asked++] ?? [];
    await send({ url: `http://gateway.test:${gateway.port}/` }, { resolve });

    expect(asked).toBe(1);
    expect(gateway.requests[0]?.headers.host).toBe(`gateway.test:${gateway.port}`);
  });

  it('sends nothing to an address where no service may stand', async () => {
    await expect(send({ ground: { isPrivate: false } })).rejects.toMatchObject({
      code: 'service-address-forbidden',
    });
    expect(gateway.requests).toEqual([]);
  });

  it('says when nobody is there, without the path', async () => {
    const { port } = await openRecordedGateway().then(async (other) => {
      await other.close();
      return other;
    });
    const error = await send({ url: `http://127.0.0.1:${port}/hidden-path` }).catch(
      (thrown: unknown) => thrown,
    );

    expect(error).toMatchObject({ code: 'service-unreachable', message: 'cannot be reached (ECONNREFUSED)' });
    expect(String(error)).not.toContain('hidden-path');
  });

  it('is content with the status, whatever goes on coming behind it', async () => {
    const clock = new SimulatedClock();
    gateway.answer = () => 'endless';
    await send({}, { clock });

    expect(gateway.requests).toHaveLength(1);
  });

  it('ends when it is told to', async () => {
    const closing = new AbortController();
    gateway.answer = () => {
      closing.abort();
      return 'silence';
    };

    await expect(send({ signal: closing.signal })).rejects.toThrow();
  });
});
