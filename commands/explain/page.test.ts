import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { languages } from '../../core/explanation/words.ts';
import type { Explanation } from '../../core/schema/explanation.ts';
import { exampleExplanation, explanationWith } from '../../test/fixtures/explanation.ts';
import { drawPage, type PageOptions } from './page.ts';

const plain: PageOptions = { language: 'en', columns: Number.POSITIVE_INFINITY, isColoured: false };
const page = (change: Partial<Explanation> = {}, options: Partial<PageOptions> = {}): string =>
  drawPage(explanationWith(change), { ...plain, ...options }).join('\n');

test('says first why there is no alert, then what each scenario lacks, then the figures', () => {
  expect(page()).toBe(
    `gate-1 村口  431103110201 · worker-1 · 20:00:20

Something is there, but not yet enough for an alert.

SCENARIOS
  building    村口夜间  gate-night · intrusion · zone gate
              person, dwell 1.2 s of 2 s

CAMERA
  live for 1 h · h264 640×480 · 25 fps · 812 kbit/s · GOP 2.0 s · connected once
  awake since 20:00:14 (picture changed) · cost 3.4 % of a core
  last look       20:00:19 · 0.3 s ago · yolox-nano-416
  last detection  person 0.82 · 20:00:19 · 0.3 s ago · x 41 %, y 30 %, w 6 %, h 21 %
  last track      person · 20:00:15–20:00:19 · confirmed · moving

MINUTES
   from awake frames decoded looked boxes  quiet behind   shed   busy   cost why awake
  20:00   6 s    500     171     13    11    329      0      0      0  3.1 % picture changed 6 s, scenario asks 5 s
  19:59   0 s   1500      30      4     0   1470      0      0      0  1.1 %

TIER CHANGES
  20:00:14  awake    picture changed`,
  );
});

test('speaks Chinese', () => {
  const text = page({}, { language: 'zh' });

  for (const words of [
    '现场已有目标，但还不足以预警。',
    '酝酿',
    '人停留 1.2 秒，需 2 秒',
    '画面变化 6 秒',
    '20:00:14 起唤醒',
  ]) {
    expect(text).toContain(words);
  }
});

test.each(languages)(
  'has nothing to show of a camera that nothing is known of, and says so in %s',
  (language) => {
    const { lookedAt, lastDetection, lastTrack, ...rest } = exampleExplanation;
    const { codec, width, height, gopSeconds, ...status } = rest.status;
    const bare = { ...rest, status: { ...status, state: 'lost' as const, cause: 'unreachable' as const } };
    const empty = { ...bare, verdict: 'lost' as const, minutes: [], tierChanges: [], scenarios: [] };
    const lines = drawPage(empty, { ...plain, language });

    expect(lines.filter((line) => /^ {2}(none|无)$/.test(line))).toHaveLength(2);
    expect(lines.filter((line) => /since the worker took the camera|接管以来没有/.test(line))).toHaveLength(
      3,
    );
    expect(lines.join('\n')).not.toMatch(/undefined|NaN/);
  },
);

test('writes a time on another day with its date, by the site’s clock', () => {
  const [scenario] = exampleExplanation.scenarios;
  const nextAt = Date.parse('2026-01-09T22:00:00+08:00');
  const offDuty = { state: 'off-duty' as const, missing: [{ what: 'schedule' as const, nextAt }] };

  expect(page({ scenarios: scenario ? [{ ...scenario, ...offDuty }] : [] })).toContain(
    'off duty until 01-09 22:00',
  );
});

test('names time without a picture beside the reasons', () => {
  const minutes = exampleExplanation.minutes.map((minute) => ({ ...minute, blindMs: 12_000 }));

  expect(page({ minutes })).toContain('scenario asks 5 s, no picture 12 s');
});

test('puts reasons below their minute in a narrow terminal', () => {
  const lines = drawPage(exampleExplanation, { ...plain, columns: 80 });

  const from = lines.indexOf('MINUTES') + 1;

  expect(lines.slice(from, from + 4)).toEqual([
    '   from awake frames decoded looked boxes  quiet behind   shed   busy   cost',
    '  20:00   6 s    500     171     13    11    329      0      0      0  3.1 %',
    '        picture changed 6 s, scenario asks 5 s',
    '  19:59   0 s   1500      30      4     0   1470      0      0      0  1.1 %',
  ]);
});

test.each([60, 80, 100])('cuts its table to a terminal of %i columns', (columns) => {
  const lines = drawPage(exampleExplanation, { ...plain, columns });
  const table = lines.slice(lines.indexOf('MINUTES'), lines.indexOf('TIER CHANGES'));

  expect(Math.max(...table.map((line) => stringWidth(line)))).toBeLessThan(columns);
});

test('uses colours in a terminal alone', () => {
  expect(page()).not.toContain('\u001b[');
  expect(page({}, { isColoured: true })).toContain('\u001b[33mbuilding');
});

test('shows no secret that a camera’s message carries', () => {
  const message = 'rtsp://admin:hunter2@10.1.2.3/live?token=hunter2 refuses';
  const status = { ...exampleExplanation.status, state: 'lost' as const, message };

  expect(page({ verdict: 'lost', status })).toContain('No picture: rtsp://10.1.2.3/live');
  expect(page({ verdict: 'lost', status })).not.toContain('hunter2');
});

test('says what is wrong with the picture and for how long', () => {
  const { at, status } = exampleExplanation;
  const picture = { condition: 'blurred' as const, since: at - 200_000 };

  expect(page({ status: { ...status, picture } })).toContain('the picture is out of focus for 3 min 20 s');
});
