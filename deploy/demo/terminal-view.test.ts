import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { ShownCamera } from './api-client.ts';
import { drawView, type ViewState } from './terminal-view.ts';

const status: NonNullable<ShownCamera['status']> = {
  cameraId: 'gate',
  place: '431103110201',
  workerId: 'worker-1',
  at: 1,
  state: 'live',
  since: 1,
  tier: 'awake',
  streamFps: 25,
  detectFps: 2,
  bitrateKbps: 700,
  clockQuality: 'rtcp',
  connects: 1,
  costCores: 0.123,
  ringBytes: 1024 ** 2,
  ringSeconds: 12,
  dropped: { quiet: 99, behind: 1, shed: 2, 'detector-busy': 3 },
};

const camera = (changes: Partial<ShownCamera> = {}): ShownCamera => ({
  id: 'gate',
  name: '一个名字长得放不下的村口摄像机名字',
  place: '431103110201',
  state: 'live',
  status,
  ...changes,
});

const view = (changes: Partial<ViewState> = {}): ViewState => ({
  title: '蔡市镇 431103110',
  api: 'http://127.0.0.1:8433',
  elapsedSeconds: 75,
  cameras: [camera()],
  alertLines: [],
  alertCount: 0,
  placeName: () => '邓家铺村委会',
  ...changes,
});

test('shows cameras, cost, drops by reason, the time and where the API is', () => {
  const text = drawView(view(), 150, 40).join('\n');

  expect(text).toContain('01:15');
  expect(text).toContain('http://127.0.0.1:8433');
  expect(text).toContain('1/1 cameras live  0.12 cores');
  expect(text).toContain('1 behind, 3 detector busy, 2 shed');
  expect(text).toContain('12.3 %');
});

test('shows the cause of a camera that is lost', () => {
  const lost = camera({ state: 'lost', status: { ...status, state: 'lost', cause: 'unreachable' } });

  expect(drawView(view({ cameras: [lost] }), 150, 40).join('\n')).toContain('unreachable');
});

test('shows for what a camera waits, and what overload keeps from one that is live', () => {
  const refused = camera({ state: 'waiting', status: { ...status, state: 'waiting', cause: 'no-capacity' } });
  const shed = camera({ status: { ...status, degraded: { to: 'unwatched', since: 1 } } });
  const text = drawView(view({ cameras: [refused, shed] }), 150, 40).join('\n');

  expect(text).toContain('no-capacity');
  expect(text).toContain('↓unwatched');
});

test.each([40, 80, 120])('keeps within a terminal of %i columns, Chinese names and all', (columns) => {
  const lines = drawView(view({ alertLines: ['预警'.repeat(100)] }), columns, 40);

  expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThan(columns);
});

test('keeps within a terminal of few rows', () => {
  const many = Array.from({ length: 60 }, () => camera());

  expect(drawView(view({ cameras: many }), 120, 20)).toHaveLength(19);
});
