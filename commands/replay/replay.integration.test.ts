import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { loadEnvironment } from '../../core/config/environment.ts';
import { loadFootageSource } from '../../deploy/demo/footage-source.ts';
import { runCommand } from '../../test/fixtures/run-command.ts';
import { FoundSituations } from '../eval/found-situations.ts';
import { replayCommand } from '../replay.ts';
import type { ReplayLine } from './replay-lines.ts';

const fixtures = path.resolve(import.meta.dirname, '../../test/fixtures');
const site = path.join(fixtures, 'eval/vtest-site.yaml');
/** How far a moment may be from the golden one: two looks, for the last digits of scores are each CPU's own. */
const toleranceMs = 400;

let clip = '';
let lines: ReplayLine[] = [];
let texts: string[] = [];

const replay = (...options: readonly string[]) =>
  runCommand('replay', replayCommand, [clip, '--camera', 'square', '--scenarios', site, ...options]);

beforeAll(async () => {
  clip = await loadFootageSource(loadEnvironment(process.env).cacheFolder, () => undefined);
  const replayed = await replay();
  lines = replayed.results as ReplayLine[];
  texts = replayed.texts;
}, 300_000);

const situationsOf = (log: readonly ReplayLine[]) => {
  const [first] = log;
  const situations = new FoundSituations(first?.at ?? 0);
  for (const line of log) if (line.line === 'event') situations.note(line.event);
  return situations.all(log.at(-1)?.at ?? 0);
};

/**
 * Written with: xueliang replay vtest.avi --camera square --scenarios vtest-site.yaml
 * A kind of scenario that the log does not know yet may say what it wants.
 */
test('finds on vtest.avi what it found before', ({ skip }) => {
  const modelId = lines[0]?.line === 'replay' ? lines[0].modelId : '';
  const golden = path.join(fixtures, `replay/vtest-${modelId}.jsonl`);
  skip(!existsSync(golden), `there is no golden log of the model ${modelId}`);
  const log = readFileSync(golden, 'utf8').trimEnd().split('\n');
  const before = situationsOf(log.map((line) => JSON.parse(line) as ReplayLine));
  const known = new Set(before.map(({ scenarioId }) => scenarioId));
  const now = situationsOf(lines).filter(({ scenarioId }) => known.has(scenarioId));

  expect(now.map(({ scenarioId }) => scenarioId)).toEqual(before.map(({ scenarioId }) => scenarioId));
  for (const [index, { startedMs, raisedMs }] of before.entries()) {
    expect(Math.abs((now[index]?.startedMs ?? Number.NaN) - startedMs)).toBeLessThanOrEqual(toleranceMs);
    expect(Math.abs((now[index]?.raisedMs ?? Number.NaN) - raisedMs)).toBeLessThanOrEqual(toleranceMs);
  }
});

test('says the same, byte for byte, when it is asked again', async () => {
  const again = await replay();

  expect(again.texts).toEqual(texts);
}, 120_000);

test('sums up what it read and looked at', () => {
  expect(lines.at(-1)).toMatchObject({
    line: 'summary',
    frames: 795,
    looked: 398,
    undecodable: 0,
    lengthMs: 79_400,
  });
});

test('dates everything by the clip, wherever the clip is said to begin', async () => {
  const { results } = await replay('--fps', '1', '--start', '2026-03-01T08:00:00+08:00');
  const ats = (results as ReplayLine[]).map(({ at }) => at);
  const startAt = Date.parse('2026-03-01T08:00:00+08:00');

  expect(ats[0]).toBe(startAt);
  expect(ats).toEqual([...ats].sort((a, b) => a - b));
  expect(ats.at(-1)).toBe(startAt + 79_400);
}, 120_000);
