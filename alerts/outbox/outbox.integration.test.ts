import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectBus, ensureStreams } from '../../core/bus/connect-bus.ts';
import { type NatsServer, openNatsServer } from '../../core/bus/nats-server.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { exitOf } from '../../core/runtime/child.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { MoodyBus } from '../../test/fixtures/alerts/moody-bus.ts';
import { endedOf, raisedOf } from '../../test/fixtures/alerts/numbered-events.ts';
import { mountSmallDisk } from '../../test/fixtures/evidence/small-disk.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { EventFiles } from './event-files.ts';
import { openOutbox } from './outbox.ts';

const deps = { clock: systemClock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
const victimPath = path.resolve(import.meta.dirname, '../../test/fixtures/alerts/outbox-victim.ts');
const confPath = path.resolve(import.meta.dirname, '../../deploy/nats/nats-server.conf');
const rounds = 12;

describe('openOutbox', () => {
  let root: string;
  let folder: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'outbox-'));
    folder = path.join(root, 'outbox');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('has every event whose put resolved, whenever its process was killed', async (context) => {
    const seed = freshSeed();
    const random = createSeededRandom(seed);
    const promised = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      const victim = spawn(
        process.execPath,
        ['--import', 'tsx', victimPath, folder, String(round * 100_000)],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      const said = linesOf(victim);
      await once(victim.stdout, 'data');
      await systemClock.sleep(random.between(0, 250));
      victim.kill('SIGKILL');
      await exitOf(victim);
      for (const line of await said) promised.add(line);
    }
    const { stored, damaged } = await new EventFiles(folder).load();
    const kept = new Set(stored.map(({ event }) => event.eventId));

    await context.annotate(
      `seed ${seed}: ${promised.size} events promised, ${kept.size} kept, ${rounds} kills`,
    );
    expect(
      [...promised].filter((eventId) => !kept.has(eventId)),
      `seed ${seed}`,
    ).toEqual([]);
    expect(promised.size).toBeGreaterThan(rounds);
    expect(damaged, `seed ${seed}`).toBe(0);
  }, 180_000);

  it('keeps an event in memory while its disk is full, and writes it when there is room', async ({
    skip,
  }) => {
    const disk = await mountSmallDisk(256 * 1024);
    if (!disk) return skip('this user may not mount a small disk');
    const bus = new MoodyBus();
    bus.isAway = true;
    const outbox = await openOutbox({ ...deps, bus, folder: path.join(disk.folder, 'outbox') });
    try {
      const ballast = path.join(disk.folder, 'ballast');
      await writeFile(ballast, Buffer.alloc(256 * 1024)).catch(() => undefined); // fills what there is

      await expect(outbox.put(raisedOf(1))).rejects.toMatchObject({
        code: 'outbox-disk-full',
        kind: 'exhausted',
      });
      expect(outbox.pending).toBe(1);

      await rm(ballast);
      const shelf = new EventFiles(path.join(disk.folder, 'outbox'));
      await vi.waitFor(async () => expect((await shelf.load()).stored).toHaveLength(1), { timeout: 20_000 });
    } finally {
      await outbox.close();
      await disk.close();
    }
  });

  it('brings every event once and in order to a nats-server that is killed meanwhile', async () => {
    const login = { user: 'test', password: 'test-password' };
    const start = (port?: number): Promise<NatsServer> =>
      openNatsServer({
        ...login,
        confPath,
        dataFolder: path.join(root, 'nats'),
        runFolder: path.join(root, 'run'),
        maxStoreBytes: 1024 ** 3,
        ...(port === undefined ? {} : { port }),
      });
    let server = await start();
    const bus = await connectBus({ ...login, url: server.url, name: 'outbox', ...deps });
    await ensureStreams(bus.nats, { quotaBytes: 256 * 1024 ** 2, tracksMaxAgeMs: 3_600_000 });
    const outbox = await openOutbox({ ...deps, bus, folder });
    for (let number = 0; number < 300; number++) {
      if (number === 100) process.kill(server.pid, 'SIGKILL');
      await Promise.all([outbox.put(raisedOf(number)), outbox.put(endedOf(number))]);
      if (number === 200) server = await start(Number(new URL(server.url).port));
    }
    await outbox.drain(AbortSignal.timeout(40_000));

    const found = await bus.alertEventsOf('gate-1');
    const expected = Array.from({ length: 300 }, (_, number) => [
      raisedOf(number).eventId,
      endedOf(number).eventId,
    ]);
    expect(found.map(({ value }) => value.eventId)).toEqual(expected.flat());
    await outbox.close();
    await bus.close();
    await server.close();
  });
});

/** Whole lines only: the last may have been cut by the kill, which then promised nothing. */
const linesOf = async ({ stdout }: ChildProcess): Promise<string[]> => {
  let text = '';
  stdout?.setEncoding('utf8');
  for await (const chunk of stdout ?? []) text += chunk;
  return text.split('\n').slice(0, -1);
};
