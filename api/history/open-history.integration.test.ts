import { spawn } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BusMessage } from '../../core/bus/bus.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import { messagesOf, raisedAlert, randomFrom } from '../../test/fixtures/api/alert-events.ts';
import { alertQuery, historyFolder } from '../../test/fixtures/api/history-folder.ts';
import { killStory, killStoryAlerts } from '../../test/fixtures/api/kill-story.ts';
import { type AlertRecord, mergeEvents, toAlert } from './alert-record.ts';
import { openHistory } from './index.ts';
import { migrate, migrations } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { sql } from './sql.ts';

const child = path.resolve(import.meta.dirname, '../../test/fixtures/api/history-child.ts');
let options: Awaited<ReturnType<typeof historyFolder>>;

beforeEach(async () => {
  options = await historyFolder();
});
afterEach(() => options.remove());

/** Starts the writing child; `last` is the last batch it said was acknowledged. */
const startChild = (firstBatch: number) => {
  const args = ['--import', 'tsx', child, options.folder, String(firstBatch)];
  const writer = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const state = { last: firstBatch - 1 };
  const lines = createInterface({ input: writer.stdout });
  const acknowledged = (batch: number) =>
    new Promise<void>((resolve) => {
      lines.on('line', (line) => {
        state.last = Math.max(state.last, Number(line));
        if (state.last >= batch) resolve();
      });
      lines.on('close', resolve);
    });
  const exited = new Promise<void>((resolve) => writer.once('exit', () => resolve()));
  return { writer, state, acknowledged, exited };
};

test('a writer killed again and again in the middle of inserts leaves one right row per alert', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const random = randomFrom(seed);
  const batches = killStory();
  let next = 0;
  for (let kills = 0; kills < 4; kills++) {
    const { writer, state, acknowledged, exited } = startChild(next);
    await acknowledged(next + 5 + Math.floor(random() * 10));
    writer.kill('SIGKILL');
    await exited;
    // What was not acknowledged is offered again, and something that was is, too.
    next = Math.max(0, state.last - Math.floor(random() * 3));
  }
  const { exited } = startChild(next);
  await exited;

  const history = await openHistory(options);
  const { alerts } = await history.alerts(alertQuery({ limit: 500 }));
  await history.close();
  const expected = expectedAlerts(batches.flat());
  expect(alerts, `seed ${seed}`).toHaveLength(killStoryAlerts);
  for (const alert of alerts) expect(alert, `seed ${seed}`).toEqual(expected.get(alert.alertId));
});

const expectedAlerts = (messages: readonly BusMessage<AlertEvent>[]): Map<string, unknown> => {
  const records = new Map<string, AlertRecord>();
  for (const message of messages) {
    const merged = mergeEvents(records.get(message.value.alertId), [message]);
    if (merged) records.set(merged.alertId, merged);
  }
  return new Map([...records].map(([alertId, record]) => [alertId, toAlert(record)]));
};

test('what was not acknowledged before a crash is taken in behind newer events', async () => {
  const [first = [], second = []] = killStory();
  const history = await openHistory(options);
  await history.writeAlertEvents(second);
  await history.close();
  const reopened = await openHistory(options);
  await reopened.writeAlertEvents(first);
  const { alerts } = await reopened.alerts(alertQuery({ limit: 500 }));
  await reopened.close();

  const ids = new Set(
    [...first, ...second].filter(({ value }) => value.type === 'raised').map(({ value }) => value.alertId),
  );
  expect(new Set(alerts.map((alert) => alert.alertId))).toEqual(ids);
  const total = alerts.reduce((sum, alert) => sum + alert.steps.length, 0);
  expect(total).toBeGreaterThan(alerts.length);
});

test('a folder that another process owns is refused with its number', async () => {
  const { writer, acknowledged, exited } = startChild(0);
  await acknowledged(0);

  const opening = openHistory(options);

  await expect(opening).rejects.toMatchObject({ code: 'history-locked', facts: { pid: writer.pid } });
  writer.kill('SIGKILL');
  await exited;
});

test('a damaged folder is refused with what to do', async () => {
  await (await openHistory(options)).close();
  await writeFile(path.join(options.folder, 'metadata/xueliang.sql'), 'garbage');

  await expect(openHistory(options)).rejects.toMatchObject({
    code: 'history-corrupt',
    message: expect.stringContaining('backup'),
  });
});

test('parts that the engine finds damaged are counted, not passed over in silence', async () => {
  const written = await openHistory(options);
  await written.writeAlertEvents(killStory()[0] ?? []);
  await written.close();
  const files = await readdir(options.folder, { recursive: true });
  for (const file of files.filter((name) => name.startsWith('store') && name.endsWith('data.bin'))) {
    await writeFile(path.join(options.folder, file), 'garbage');
  }

  const history = await openHistory(options);
  const { damagedParts } = history.status();
  await history.close();

  expect(damagedParts).toBeGreaterThan(0);
});

test('opening again migrates nothing, and a schema of the future is refused', async () => {
  await (await openHistory(options)).close();
  const database = await openDatabase(options, options.clock);
  await migrate(database, options);
  const rows = await database.rows(
    'counting',
    sql`SELECT version, name FROM xueliang.migrations FINAL ORDER BY version`,
  );
  await database.insert('xueliang.migrations', [{ version: 99, name: 'future', applied_at: 0 }]);
  await database.close();

  expect(rows).toEqual(migrations.map(({ version, name }) => ({ version, name })));
  await expect(openHistory(options)).rejects.toMatchObject({
    code: 'history-too-new',
    facts: { present: 99 },
  });
});

test('a migration cut off half-way is finished at the next start', async () => {
  const database = await openDatabase(options, options.clock);
  const [step] = migrations;
  const half = {
    ...step,
    version: 1,
    name: 'half',
    statements: [...(step?.statements.slice(0, 1) ?? []), sql`nonsense`],
  };

  await expect(migrate(database, { ...options, steps: [half] })).rejects.toMatchObject({
    code: 'history-refused',
  });
  await migrate(database, options);
  await database.close();

  const history = await openHistory(options);
  await history.writeAlertEvents(messagesOf([]));
  expect((await history.alerts(alertQuery())).alerts).toEqual([]);
  await history.close();
});

test.each([
  [9, 'min_parts_to_merge_at_once = 10'],
  [10, 'merge_selector_enable_heuristic_to_remove_small_parts_at_right = 0'],
])('a server that cannot be told what migration %i tells it goes without', async (version, setting) => {
  const database = await openDatabase(options, options.clock);
  const [step] = migrations.filter((migration) => migration.version === version);
  if (!step) throw new TypeError(`no migration ${version}`);
  const before = migrations.filter((migration) => migration.version < version);
  const unknowing = { ...step, onlyWhere: sql`SELECT name FROM system.merge_tree_settings WHERE name = ''` };
  await migrate(database, { ...options, steps: [...before, unknowing] });
  const tablesTold = async () => {
    const tables = await database.rows<{ name: string; engine: string }>(
      'who merges how',
      sql`SELECT name, engine_full AS engine FROM system.tables WHERE database = 'xueliang' ORDER BY name`,
    );
    return tables.filter(({ engine }) => engine.includes(setting)).map(({ name }) => name);
  };
  const without = await tablesTold();
  await database.command('as if it had not been', sql`TRUNCATE TABLE xueliang.migrations`);
  await migrate(database, options);
  const told = await tablesTold();
  await database.close();

  expect(without).toEqual([]);
  expect(told).toEqual(['alerts', 'observations', 'tracks', 'watched_minutes']);
});

test('minutes that were added up before they had bits stay as many, also when their migration was cut off', async () => {
  const database = await openDatabase(options, options.clock);
  const before = migrations.filter(({ version }) => version < 8);
  const [step] = migrations.filter(({ version }) => version === 8);
  if (!step) throw new TypeError('no migration 8');
  await migrate(database, { ...options, steps: before });
  const [first, second] = [1_767_614_400, 1_767_615_300];
  await database.command(
    'writing as it was written then',
    sql`INSERT INTO xueliang.watched_quarters
      SELECT 'gate-1', toDateTime(at, 'UTC'), minutes
      FROM (SELECT arrayJoin([({first:UInt32}, 5), ({first:UInt32}, 3), ({second:UInt32}, 20)]) AS row, row.1 AS at, row.2 AS minutes)`,
    { first, second },
  );
  const cutOff = { ...step, statements: [...step.statements.slice(0, 2), sql`nonsense`] };

  await expect(migrate(database, { ...options, steps: [...before, cutOff] })).rejects.toMatchObject({
    code: 'history-refused',
  });
  await migrate(database, options);
  const minutes = await database.rows(
    'counting minutes',
    sql`SELECT toUnixTimestamp(quarter_at) AS at, bitCount(groupBitOr(seen)) AS minutes
      FROM xueliang.watched_minutes GROUP BY quarter_at ORDER BY quarter_at`,
  );
  const left = await database.rows<{ rows: number }>(
    'looking for old rows',
    sql`SELECT count() AS rows FROM xueliang.watched_quarters`,
  );
  await database.close();

  expect(minutes).toEqual([
    { at: first, minutes: 8 },
    { at: second, minutes: 15 },
  ]);
  expect(left.map(({ rows }) => Number(rows))).toEqual([0]);
});

test('statements beyond the bound on waiting are refused, the others are answered', async () => {
  const history = await openHistory(options);
  const asked = Array.from({ length: 100 }, () => history.alert(raisedAlert().alertId, '43'));
  const outcomes = await Promise.allSettled(asked);
  await history.close();

  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused.length).toBe(100 - 64);
  expect(refused[0]).toMatchObject({ reason: { code: 'history-busy', kind: 'unavailable' } });
});
