import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { siteWith, siteYaml } from '../../test/fixtures/site.ts';
import { parseSite, readSite } from './read-site.ts';

const problemsOf = (text: string): string[] =>
  parseSite(text).problems.map(({ line, path, message }) => `${line} ${path}: ${message}`);

test('accepts a sound site', () => {
  expect(parseSite(siteYaml)).toMatchObject({ problems: [], site: { cameras: [{ id: 'gate-1' }] } });
});

test.each([
  ['an unknown key', 'name: 村口\n', 'name: 村口\n    nmae: x\n', '13 cameras[0].nmae: unknown key'],
  ['a missing key', '    severity: high\n', '', "19 scenarios[0]: 'severity' is missing"],
  [
    'a polygon with two points',
    '[0.9, 0.1], [0.9, 0.9]]',
    '[0.9, 0.1]]',
    '17 cameras[0].zones[0].polygon: has 2 items',
  ],
  [
    'a point outside the picture',
    '[0.9, 0.9]]',
    '[0.9, 1.9]]',
    '17 cameras[0].zones[0].polygon[2][1]: 1.9 must be <= 1',
  ],
  ['a polygon without an inside', '[0.9, 0.1], [0.9, 0.9]]', '[0.9, 0.9], [0.5, 0.5]]', 'encloses nothing'],
  [
    'an unknown division code',
    'place: "431103110201"',
    'place: "431103110299"',
    "13 cameras[0].place: division code '431103110299'",
  ],
  [
    'a province that is none',
    'code: "431103110201"',
    'code: "991103110201"',
    'begins with 99, which is no province',
  ],
  [
    'a place outside the site',
    'code: "431103110201"',
    'code: "431103111201"',
    "does not lie in the site's own place",
  ],
  [
    'a scheme that is not RTSP',
    'rtsp://127.0.0.1:8554',
    'exec:/bin/sh',
    "14 cameras[0].stream.url: the scheme 'exec'",
  ],
  ['credentials in a URL', 'rtsp://127', 'rtsp://admin:s3cret@127', 'name an entry of the secrets file'],
  ['a token in a URL', '8554/gate-1', '8554/gate-1?token=s3cret', "'token' in its query looks like a secret"],
  ['a scenario without its camera', 'cameras: [gate-1]', 'cameras: [gate-2]', "there is no camera 'gate-2'"],
  [
    'a scenario without its zone',
    '    zone: gate\n',
    '    zone: yard\n',
    "camera 'gate-1' has no zone 'yard'",
  ],
  ['a kind that does not exist', 'kind: intrusion', 'kind: face', '"face" is not a kind of scenario'],
  ['a label that is not an object', 'labels: [person]', 'labels: [plate]', '"plate" is not one of person'],
  [
    'a duration without a unit',
    'dwell: 2s',
    'dwell: 2',
    '26 scenarios[0].dwell: 2 is not a duration such as',
  ],
  ['a duration of another unit', 'dwell: 2s', 'dwell: 2 weeks', '"2 weeks" is not a duration such as'],
  [
    'a network that is none',
    '127.0.0.0/8',
    '127.0.0.0',
    "6 site.allowedNetworks[0]: '127.0.0.0' is not a network",
  ],
  ['a time zone that is none', 'Asia/Shanghai', 'Asia/Caishi', "5 site.timezone: 'Asia/Caishi'"],
])('names %s with its line', (_, from, to, expected) => {
  expect(problemsOf(siteWith(from, to)).join('\n')).toContain(expected);
});

test('refuses overlapping camera ids, naming the first', () => {
  const camera = siteYaml.slice(siteYaml.indexOf('  - id: gate-1'), siteYaml.indexOf('scenarios:'));

  expect(problemsOf(siteWith('scenarios:\n', `${camera}scenarios:\n`))).toEqual([
    "18 cameras[1].id: 'gate-1' is already the id of cameras[0]",
  ]);
});

test('lists every problem at once', () => {
  const text = siteWith('dwell: 2s', 'dwell: 2x')
    .replace('category: road', 'category: bathroom')
    .replace('id: caishi', 'id: CAISHI');

  expect(problemsOf(text)).toHaveLength(3);
});

test('says where YAML itself is broken', () => {
  expect(problemsOf(siteWith('name: 蔡市镇', 'name: "蔡市镇'))[0]).toMatch(/^\d+ document: /);
});

test('does not follow aliases, so that a small file cannot grow without bound', () => {
  const bomb = 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n';

  expect(problemsOf(bomb).join()).toContain('aliases (*name) are not allowed');
});

test('puts file, line and remedy into the message and the problems into the facts', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'xueliang-site-'));
  const file = path.join(folder, 'site.yaml');
  await writeFile(file, siteWith('kind: intrusion', 'kind: face'));

  await expect(readSite(file)).rejects.toMatchObject({
    code: 'config-invalid',
    kind: 'invalid',
    message: expect.stringContaining(`${file}:20:5 scenarios[0].kind`),
  });
  await rm(folder, { recursive: true });
});

test.each(['__proto__', 'constructor', 'toString'])('treats the name %s as any other unknown key', (name) => {
  expect(problemsOf(siteWith('dwell: 2s', `dwell: 2s\n    ${name}: x`)).join()).toContain(
    `unknown key '${name}'`,
  );
});

test('survives any text', () => {
  const seed = Date.now() % 1_000_000;
  let state = seed;
  const random = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
  for (let round = 0; round < 300; round++) {
    const at = random(siteYaml.length);
    const junk = [' ', '-', '[', '}', ': ', '"', '\n  ', '!!js', '\u0000', '9'][random(10)] ?? '';
    const text = siteYaml.slice(0, at) + junk + siteYaml.slice(at + random(6));
    expect(() => parseSite(text), `seed ${seed} round ${round}`).not.toThrow();
  }
});
