import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../core/log.ts';
import { createMetrics, type Metrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { MoodyBus } from '../../test/fixtures/alerts/moody-bus.ts';
import { alertIdOf, endedOf, raisedOf } from '../../test/fixtures/alerts/numbered-events.ts';
import { type OutboxOptions, openOutbox, type WorkerOutbox } from './outbox.ts';

const minute = 60_000;

describe('openOutbox', () => {
  let folder: string;
  let bus: MoodyBus;
  let clock: SimulatedClock;
  let metrics: Metrics;
  let opened: WorkerOutbox[];

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'outbox 蔡市镇-')), 'outbox');
    bus = new MoodyBus();
    clock = new SimulatedClock();
    metrics = createMetrics();
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((outbox) => outbox.close()));
    await rm(path.dirname(folder), { recursive: true, force: true });
  });

  const open = async (change: Partial<OutboxOptions> = {}): Promise<WorkerOutbox> => {
    const log = createLogger({ level: 'silent' });
    const outbox = await openOutbox({ folder, bus, clock, log, metrics, ...change });
    opened.push(outbox);
    return outbox;
  };
  const filesIn = (shelf: string): Promise<string[]> => readdir(path.join(folder, shelf));
  const drained = (outbox: WorkerOutbox): Promise<void> => outbox.drain(AbortSignal.timeout(5000));

  it('has an event on disk when put resolves', async () => {
    bus.isAway = true;
    const outbox = await open();
    await outbox.put(raisedOf(1));

    expect(await filesIn('pending')).toEqual([`${alertIdOf(1)}.raised.json`]);
    expect(outbox.pending).toBe(1);
  });

  it('keeps a delivered event for ten minutes beyond its acknowledgement', async () => {
    const outbox = await open();
    await outbox.put(raisedOf(1));
    await drained(outbox);
    expect([await filesIn('pending'), (await filesIn('sent')).length]).toEqual([[], 1]);

    await clock.advance(9 * minute);
    expect(await filesIn('sent')).toHaveLength(1);

    await clock.advance(2 * minute);
    await vi.waitFor(async () => expect(await filesIn('sent')).toEqual([]));
  });

  it('delivers a camera’s events in order, and other cameras’ meanwhile', async () => {
    const outbox = await open();
    bus.isAway = true;
    await Promise.all([raisedOf(1), endedOf(1), raisedOf(2)].map((event) => outbox.put(event)));
    bus.isAway = false;
    await outbox.put(raisedOf(3, { cameraId: 'gate-2' }));
    await drained(outbox);

    const ofGate1 = bus.acknowledged.filter((id) => !id.startsWith(alertIdOf(3)));
    expect(ofGate1).toEqual([`${alertIdOf(1)}.raised`, `${alertIdOf(1)}.ended`, `${alertIdOf(2)}.raised`]);
    expect(bus.acknowledged).toHaveLength(4);
  });

  it('tries again, ever more rarely, while the bus is away', async () => {
    const outbox = await open();
    bus.isAway = true;
    await outbox.put(raisedOf(1));
    await vi.waitFor(() => expect(bus.offers).toBe(1));
    await clock.advance(10 * minute);
    expect(bus.offers).toBeGreaterThan(40);
    expect(bus.offers).toBeLessThan(400);

    bus.isAway = false;
    await clock.advance(15_000);

    await vi.waitFor(() => expect(bus.acknowledged).toHaveLength(1));
  });

  it('sets aside an event that the bus refuses for good and goes on', async () => {
    const outbox = await open();
    bus.refuses = ({ alertId }) => alertId === alertIdOf(1);
    await outbox.put(raisedOf(1));
    await outbox.put(raisedOf(2));
    await drained(outbox);

    expect(await filesIn('refused')).toEqual([`${alertIdOf(1)}.raised.json`]);
    expect(bus.acknowledged).toEqual([`${alertIdOf(2)}.raised`]);
    expect(await metrics.text()).toContain('xueliang_alerts_outbox_refused_total 1');
  });

  it('takes no more than maxEntries while the bus is away, and says so', async () => {
    const outbox = await open({ maxEntries: 2 });
    bus.isAway = true;
    await outbox.put(raisedOf(1));
    await outbox.put(raisedOf(2));

    await expect(outbox.put(raisedOf(3))).rejects.toMatchObject({
      code: 'outbox-full',
      kind: 'exhausted',
    });
    await outbox.put(raisedOf(2));
    expect(await metrics.text()).toContain('xueliang_alerts_outbox_full_total 1');
  });

  it('offers after a restart what was not acknowledged and what was acknowledged lately, in order', async () => {
    const before = await open();
    await before.put(raisedOf(9));
    await drained(before);
    bus.isAway = true;
    for (const event of [raisedOf(5), endedOf(5), raisedOf(4)]) await before.put(event);
    await before.close();

    bus.isAway = false;
    const after = await open();
    expect(after.pending).toBe(3);
    await vi.waitFor(() => expect(bus.acknowledged).toHaveLength(5));

    const [r9, r5, r4] = [9, 5, 4].map((number) => `${alertIdOf(number)}.raised`);
    expect(bus.acknowledged).toEqual([r9, r9, r5, `${alertIdOf(5)}.ended`, r4]);
    await clock.advance(11 * minute);
    await vi.waitFor(async () => expect(await filesIn('sent')).toEqual([]));
  });

  it('tells which events of a camera the bus has not acknowledged', async () => {
    const outbox = await open();
    bus.isAway = true;
    for (const event of [raisedOf(1), endedOf(1), raisedOf(2, { cameraId: 'gate-2' })])
      await outbox.put(event);
    expect(outbox.waiting('gate-1')).toEqual([raisedOf(1), endedOf(1)]);

    bus.isAway = false;
    await drained(outbox);

    expect(outbox.waiting('gate-1')).toEqual([]);
  });

  it('sets torn and foreign files aside, removes unfinished ones, and starts', async () => {
    bus.isAway = true;
    const before = await open();
    await before.put(raisedOf(1));
    await before.put(raisedOf(2));
    await before.close();
    const whole = await readFile(path.join(folder, 'pending', `${alertIdOf(1)}.raised.json`), 'utf8');
    await writeFile(path.join(folder, 'pending', `${alertIdOf(1)}.raised.json`), whole.slice(0, 99));
    await writeFile(path.join(folder, 'pending', `${alertIdOf(7)}.raised.json`), whole);
    await writeFile(path.join(folder, 'pending', `${alertIdOf(8)}.raised.json.tmp`), '{');
    await writeFile(path.join(folder, 'sent', 'notes.txt'), 'hello');
    await mkdir(path.join(folder, 'sent', 'a folder'));

    const after = await open();

    expect(after.waiting('gate-1')).toEqual([raisedOf(2)]);
    expect(await filesIn('damaged')).toHaveLength(4);
    expect(await filesIn('pending')).toEqual([`${alertIdOf(2)}.raised.json`]);
    expect(await metrics.text()).toContain('xueliang_alerts_outbox_damaged_total 4');
  });

  it('refuses an event whose id could not be a file’s name', async () => {
    const outbox = await open();
    for (const eventId of [
      '../../../etc/passwd-and-more-of-it',
      `${alertIdOf(2)}.raised`,
      `${alertIdOf(1)}./x`,
    ]) {
      await expect(outbox.put({ ...raisedOf(1), eventId })).rejects.toMatchObject({
        code: 'outbox-event-id',
      });
    }
  });

  it('takes the same event once', async () => {
    const outbox = await open();
    await Promise.all([outbox.put(raisedOf(1)), outbox.put(raisedOf(1))]);
    await drained(outbox);
    await outbox.put(raisedOf(1));
    await drained(outbox);

    expect(bus.acknowledged).toHaveLength(1);
  });

  it('stops draining when told to, and lets waiting lanes try at once when it begins', async () => {
    const outbox = await open();
    bus.isAway = true;
    await outbox.put(raisedOf(1));
    await vi.waitFor(() => expect(clock.sleeping).toBe(2));
    const giveUp = new AbortController();
    const draining = outbox.drain(giveUp.signal);
    giveUp.abort();
    await draining;
    await vi.waitFor(() => expect(bus.offers).toBe(2));
    expect(outbox.pending).toBe(1);

    bus.isAway = false;
    await drained(outbox);

    expect(outbox.pending).toBe(0);
  });

  it('closes more than once, and takes nothing afterwards', async () => {
    const outbox = await open();
    bus.isAway = true;
    await outbox.put(raisedOf(1));
    await Promise.all([outbox.close(), outbox.close()]);

    expect(clock.sleeping).toBe(0);
    await expect(outbox.put(raisedOf(2))).rejects.toMatchObject({ code: 'outbox-closed' });
    expect(await filesIn('pending')).toHaveLength(1);
  });

  it('keeps in memory what cannot be written, and writes it when it can', async () => {
    const outbox = await open();
    bus.isAway = true;
    await rename(path.join(folder, 'pending'), path.join(folder, 'elsewhere'));
    await writeFile(path.join(folder, 'pending'), 'in the way');

    await expect(outbox.put(raisedOf(1))).rejects.toMatchObject({
      code: 'outbox-unwritable',
      kind: 'unavailable',
    });
    expect(outbox.pending).toBe(1);

    await rm(path.join(folder, 'pending'));
    await rename(path.join(folder, 'elsewhere'), path.join(folder, 'pending'));
    await vi.waitFor(async () => {
      await clock.advance(15_000);
      expect(await filesIn('pending')).toEqual([`${alertIdOf(1)}.raised.json`]);
    });
  });

  it('says when its folder cannot be used', async () => {
    await writeFile(folder, 'a file');

    await expect(open()).rejects.toMatchObject({ code: 'outbox-unusable' });
  });
});
