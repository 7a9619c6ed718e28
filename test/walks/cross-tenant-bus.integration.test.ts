import { jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { defaultStreamLimits, streamDefinitions } from '../../core/bus/streams.ts';
import * as subjects from '../../core/bus/subjects.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { isTest, sourceFiles } from '../conformance/sources.ts';
import { alertIdAt, otherTownship, raisedAlert, raisedEvent } from '../fixtures/api/alert-events.ts';
import { type FeedBus, openFeedBus, testSubscriber } from '../fixtures/feeds.ts';
import {
  type BusVictim,
  bucketSubjects,
  everything,
  jetStreamSubjects,
  otherSubjects,
  subjectCases,
} from './bus-cases.ts';

const victim: BusVictim = {
  ...{ village: otherTownship, ground: otherTownship.slice(0, 9), cameraId: 'gate-1' },
  ...{ alertId: alertIdAt(systemClock.now(), 1), subscriberId: 'there' },
};
const sources = sourceFiles().filter(({ file }) => !isTest(file));
const found = (pattern: RegExp): string[] => [
  ...new Set(sources.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, name = '']) => name))),
];
const buckets = found(/\.create\(\s*'([A-Z_]+)'/g);
const streams = streamDefinitions(defaultStreamLimits);
const storeNames = [...streams.map(({ name }) => name as string), ...buckets.map((name) => `KV_${name}`)];
const made = Object.values(subjectCases).flatMap((make) => make(subjects, victim));

let site: FeedBus;
let nats: NatsConnection;
let refusals: string[];
/** What came back, whatever it is. */
const heard: string[] = [];
/** A refusal is told here too, without a message. */
const note = (error: Error | null, message: Msg): void => {
  if (!error) heard.push(message.subject);
};

beforeAll(async () => {
  const here = await testSubscriber('here', '431103110');
  site = await openFeedBus([here, await testSubscriber('there', victim.ground)]);
  for (const bucket of buckets) {
    const kv = await new Kvm(site.bus.nats).create(bucket, { history: 1, max_bytes: 64 * 1024 });
    await kv.put('users.admin', 'theirs');
  }
  const alert = raisedAlert({ alertId: victim.alertId, place: victim.village });
  await site.bus.appendAlertEvent(raisedEvent(alert));
  ({ nats, refusals } = await site.signIn(here));
  nats.subscribe('_INBOX_here.>', { callback: note });
});
afterAll(() => site.close());

/** Everything that is kept, and by whom it is read. */
const kept = async (): Promise<object[]> => {
  const manager = await jetstreamManager(site.bus.nats);
  const told: object[] = [];
  for await (const { config, state } of manager.streams.list()) {
    const readers: string[] = [];
    for await (const { name, delivered } of manager.consumers.list(config.name))
      readers.push(`${name} ${delivered.stream_seq}`);
    told.push({ name: config.name, messages: state.messages, last: state.last_seq, readers });
  }
  return told;
};

const isWild = (subject: string): boolean => /[*>]/.test(subject);

/** Listens, sends and asks; each must be refused, by name. */
const tryAll = async (asked: readonly string[]): Promise<void> => {
  const before = await kept();
  const listened = [...new Set(asked)];
  const sent = listened.filter((subject) => !isWild(subject));
  for (const subject of listened) nats.subscribe(subject, { callback: note });
  for (const subject of sent) {
    nats.publish(subject, '{}');
    nats.publish(subject, '{}', { reply: '_INBOX_here.answer' });
  }
  await nats.flush();
  const told = (verb: string, subject: string): number =>
    refusals.filter((refusal) => refusal.toLowerCase().includes(`${verb} to "${subject.toLowerCase()}"`))
      .length;
  await vi.waitFor(() => {
    expect(listened.filter((subject) => told('subscription', subject) === 0)).toEqual([]);
    expect(sent.filter((subject) => told('publish', subject) < 2)).toEqual([]);
  });
  expect(heard).toEqual([]);
  expect(await kept()).toEqual(before);
};

describe('a subscriber of another township gets nothing and changes nothing', () => {
  test.each(storeNames)('by what JetStream takes of %s', async (name) => {
    const consumer = 'feed-there';
    await tryAll([...jetStreamSubjects(name, consumer, made[0] ?? ''), ...otherSubjects(name, consumer)]);
  });

  test.each(buckets)('by the keys of the bucket %s', (bucket) => tryAll(bucketSubjects(bucket)));

  test.each(Object.entries(subjectCases))('by %s', (_name, make) => tryAll(make(subjects, victim)));

  test.each(streams.map(({ name, subjects: of }) => [name, of] as const))('by all of %s', (_name, of) =>
    tryAll(of),
  );

  test('by listening to everything', () => tryAll(everything));
});

describe('the walk is of all there is:', () => {
  test('every name of subjects.ts has a case', () => {
    expect(Object.keys(subjectCases).sort()).toEqual(Object.keys(subjects).sort());
  });

  test('no subject is made anywhere else', () => {
    const elsewhere = sources
      .filter(({ file }) => file !== 'core/bus/subjects.ts' && !file.startsWith('docs/'))
      .filter(({ text }) =>
        /\b\w*[sS]ubject\b[^=\n]*= ['`]|\.(subscribe|request)\(\s*['`][a-z]+\./.test(text),
      )
      .map(({ file }) => file);
    expect(elsewhere).toEqual([]);
  });

  test('every stream has a subject among the cases', () => {
    const without = streams.filter(
      ({ subjects: of }) => !of.some((one) => made.some((each) => each.startsWith(one.replace('>', '')))),
    );
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  test('buckets are found, each opened under a name that is written out', () => {
    const opened = sources.flatMap(({ text }) => [...text.matchAll(/new Kvm\(/g)]).length;
    expect(buckets.length).toBeGreaterThan(5);
    expect(opened).toBe(buckets.length);
  });
});
