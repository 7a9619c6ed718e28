import { jetstreamManager } from '@nats-io/jetstream';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  alertIdAt,
  otherTownship,
  raisedAlert,
  raisedEvent,
  village,
} from '../../test/fixtures/api/alert-events.ts';
import { type FeedBus, openFeedBus, type TestSubscriber, testSubscriber } from '../../test/fixtures/feeds.ts';
import { createLogger } from '../log.ts';
import { systemClock } from '../runtime/clock.ts';
import { SimulatedClock } from '../runtime/simulated-clock.ts';
import { answerRewinds } from './feed-rewinds.ts';
import { ensureFeeds } from './subscriber-feeds.ts';

const pullSubject = (id: string): string => `$JS.API.CONSUMER.MSG.NEXT.ALERTS.feed-${id}`;

/** Takes what waits, and acknowledges it; the numbers of the bus stream. */
const pull = async (nats: NatsConnection, id: string, isAcknowledged = true): Promise<number[]> => {
  const taken: number[] = [];
  const inbox = `_INBOX_${id}.${Math.random().toString(36).slice(2)}`;
  const subscription = nats.subscribe(inbox);
  nats.publish(pullSubject(id), JSON.stringify({ batch: 100, no_wait: true }), { reply: inbox });
  for await (const message of subscription) {
    if (message.headers?.code) break;
    taken.push(sequenceOf(message));
    if (isAcknowledged) message.respond('+ACK');
  }
  await nats.flush();
  return taken;
};

/** `$JS.ACK.<stream>.<consumer>.<delivered>.<stream sequence>.…` */
const sequenceOf = ({ reply = '' }: Msg): number => Number(reply.split('.')[5]);

describe('feeds', () => {
  let here: TestSubscriber;
  let there: TestSubscriber;
  let site: FeedBus;
  let serial = 0;

  const raise = (place: string): Promise<unknown> =>
    site.bus.appendAlertEvent(
      raisedEvent(raisedAlert({ alertId: alertIdAt(systemClock.now(), serial++), place })),
    );

  beforeEach(async () => {
    here = await testSubscriber('here', '431103110');
    there = await testSubscriber('there', '431103111');
    site = await openFeedBus([here, there]);
    for (const place of [village, otherTownship, village]) await raise(place);
  });
  afterEach(() => site.close());

  it('gives every subscriber the alerts of its own ground alone', async () => {
    const { nats: mine } = await site.signIn(here);
    const { nats: neighbours } = await site.signIn(there);

    expect(await pull(mine, 'here')).toEqual([1, 3]);
    expect(await pull(neighbours, 'there')).toEqual([2]);
  });

  it('goes on behind what was acknowledged, also after the server was restarted', async () => {
    const { nats } = await site.signIn(here);
    await pull(nats, 'here');
    await vi.waitFor(async () => expect((await feedInfo()).ack_floor.stream_seq).toBe(3));
    await site.restart();
    await vi.waitFor(() => raise(village), 10_000);
    const { nats: again } = await site.signIn(here);

    expect(await pull(again, 'here')).toEqual([4]);
  });

  const feedInfo = async () => {
    return (await jetstreamManager(site.bus.nats)).consumers.info('ALERTS', 'feed-here');
  };

  it('regression FIELD 5.2: refuses every other subject of the bus', async () => {
    const { nats, refusals } = await site.signIn(here);
    const asked = [
      pullSubject('there'),
      '$JS.ACK.ALERTS.feed-there.1.1.1.1.1',
      '$JS.API.STREAM.INFO.ALERTS',
      '$JS.API.STREAM.PURGE.ALERTS',
      '$JS.API.STREAM.DELETE.ALERTS',
      '$JS.API.STREAM.MSG.GET.ALERTS',
      '$JS.API.STREAM.MSG.DELETE.ALERTS',
      '$JS.API.DIRECT.GET.ALERTS',
      '$JS.API.DIRECT.GET.ALERTS.alerts.43.11.03.111.201.gate-1.x',
      '$JS.API.CONSUMER.CREATE.ALERTS',
      '$JS.API.CONSUMER.CREATE.ALERTS.feed-there.alerts.43.11.03.110.>',
      '$JS.API.CONSUMER.DURABLE.CREATE.ALERTS.mine',
      '$JS.API.CONSUMER.LIST.ALERTS',
      '$JS.API.CONSUMER.DELETE.ALERTS.feed-there',
      '$JS.API.INFO',
      '$KV.SITE.users.admin',
      'alerts.43.11.03.110.201.gate-1.x',
      'feeds.rewind.there',
      'whatif',
    ];
    for (const subject of asked) nats.publish(subject, '');
    const heard = ['>', 'alerts.>', '_INBOX.>', '_INBOX_there.>', '$JS.>', '$KV.>', '_R_.>'];
    for (const subject of heard) nats.subscribe(subject, { callback: () => undefined });
    await nats.flush();

    await vi.waitFor(() => expect(refusals.length).toBe(asked.length + heard.length));
    expect(refusals.every((refusal) => /permissions violation/i.test(refusal))).toBe(true);
  });

  it('regression: has no answer delivered to a subject of the site', async () => {
    const manager = await jetstreamManager(site.bus.nats);
    await manager.streams.add({ name: 'KV_SITE', subjects: ['$KV.SITE.>'] });
    const { nats } = await site.signIn(here);
    for (const reply of ['$KV.SITE.users.admin', 'alerts.43.11.03.111.201.gate-1.x', 'health.x'])
      nats.publish(pullSubject('here'), JSON.stringify({ batch: 1, no_wait: true }), { reply });
    await nats.flush();
    await pull(nats, 'here');

    expect((await manager.streams.info('KV_SITE')).state.messages).toBe(0);
    expect((await manager.streams.info('ALERTS')).state.messages).toBe(3);
    expect((await manager.streams.info('HEALTH')).state.messages).toBe(0);
  });

  it('cuts off whoever is no longer a subscriber, and the site and the others go on', async () => {
    const { nats: mine } = await site.signIn(here);
    const { nats: neighbours } = await site.signIn(there);
    await site.restart([there]);

    await mine.closed();
    await expect(site.signIn(here)).rejects.toThrow(/authorization/i);
    await vi.waitFor(() => raise(otherTownship), 10_000);
    expect(await pull(neighbours, 'there')).toEqual([2, 4]);
  });

  it('gives a subscriber whose ground has changed the feed of the new ground', async () => {
    await ensureFeeds(site.bus.nats, [{ ...here, ground: '431103111' }, there], systemClock.now());
    const { nats } = await site.signIn(here);

    expect(await pull(nats, 'here')).toEqual([2]);
  });

  it('leaves a feed where it is when nothing has changed', async () => {
    const { nats } = await site.signIn(here);
    await pull(nats, 'here');
    await ensureFeeds(site.bus.nats, [here, there], systemClock.now());

    expect(await pull(nats, 'here')).toEqual([]);
  });

  it('replays from a time that the subscriber names, its own feed alone, and not at every moment', async () => {
    const clock = new SimulatedClock(systemClock.now());
    const log = createLogger({ level: 'silent' });
    const stop = answerRewinds({ nats: site.bus.nats, clock, log, feeds: () => [here, there] });
    const { nats } = await site.signIn(here);
    const rewind = async (request: unknown) =>
      (await nats.request('feeds.rewind.here', JSON.stringify(request))).json();
    await pull(nats, 'here');

    expect(await rewind({ from: 0 })).toEqual({ from: clock.now() - 30 * 86_400_000 });
    expect(await pull(nats, 'here')).toEqual([1, 3]);
    expect(await rewind({ from: 0 })).toEqual({ error: 'too-often' });
    expect(await rewind({ from: '30d' })).toEqual({ error: 'request-invalid' });
    stop();
  });
});
