import path from 'node:path';
import { expect, test } from 'vitest';
import { codeOf, importsOf, isTest, loadsOf, sourceFiles } from './sources.ts';

const stages = ['ingest', 'inference', 'alerts', 'api', 'models'];
/** The benchmark measures parts alone, past their doors; nothing of it is in the program. */
const isBench = (file: string): boolean => file.startsWith('bench/');
/** Examples for others' programs; nothing of them is in ours. */
const isExample = (file: string): boolean => file.startsWith('docs/');
const sources = sourceFiles().filter(({ file }) => !isTest(file) && !isBench(file) && !isExample(file));
const folderOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : '');

/** Relative imports as paths from the root. */
const targetsOf = ({ file, text }: { file: string; text: string }): string[] =>
  importsOf(text)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.join(path.dirname(file), name));

const engines: [string, RegExp][] = [
  ['node-av', /^ingest\//],
  ['sharp', /^ingest\/evidence\//],
  ['fluent-ffmpeg', /^(ingest\/evidence|deploy\/demo)\//],
  ['onnxruntime-node', /^inference\/onnx\//],
  ['@nats-io/', /^core\/bus\//],
  ['@clickhouse/client', /^api\/history\//],
  ['chdb', /^api\/history\//],
  ['fastify', /^api\//],
  ['@fastify/', /^api\//],
  ['pino', /^core\/log\.ts$/],
  ['prom-client', /^core\/metrics\.ts$/],
  ['yazl', /^api\/exports\/archive\//],
  ['onnx-proto', /^(models|inference\/onnx)\//],
];

test.each(engines)('%s is imported in its own folder alone', (engine, allowed) => {
  const elsewhere = sources.filter(
    ({ file, text }) =>
      !allowed.test(file) &&
      importsOf(text).some(
        (name) => name === engine || name.startsWith(engine.endsWith('/') ? engine : `${engine}/`),
      ),
  );

  expect(elsewhere.map(({ file }) => file)).toEqual([]);
});

test('core imports no stage, and core/schema nothing but typebox', () => {
  const offenders = sources.flatMap((source) => {
    if (folderOf(source.file) !== 'core') return [];
    const isSchema = source.file.startsWith('core/schema/');
    const wrong = targetsOf(source).filter((target) =>
      isSchema ? !target.startsWith('core/schema/') : folderOf(target) !== 'core',
    );
    const packages = isSchema
      ? importsOf(source.text).filter((name) => !name.startsWith('.') && name !== 'typebox')
      : [];
    return [...wrong, ...packages].map((target) => `${source.file} → ${target}`);
  });

  expect(offenders).toEqual([]);
});

/** Every file and package that is loaded with `entry`, and the way to it. */
const loadedWith = (entry: string): Map<string, string> => {
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  const ways = new Map([[entry, entry]]);
  for (const [file, way] of ways) {
    for (const name of loadsOf(texts.get(file) ?? '')) {
      const target = name.startsWith('.') ? path.join(path.dirname(file), name) : name;
      if (!ways.has(target)) ways.set(target, `${way} → ${target}`);
    }
  }
  return ways;
};

/** Six megabytes of heap, which each thread holds for itself and which are gone through whenever it is collected. */
test.each(['ingest/thread/camera-thread.ts', 'inference/onnx/detector-thread.ts'])(
  '%s, of which there are several, loads no schemas',
  (entry) => {
    const loaded = loadedWith(entry);

    expect(loaded.size).toBeGreaterThan(10);
    expect([...loaded].filter(([target]) => /^typebox/.test(target)).map(([, way]) => way)).toEqual([]);
  },
);

test('no stage imports another', () => {
  const offenders = sources.flatMap((source) =>
    stages.includes(folderOf(source.file))
      ? targetsOf(source)
          .filter((target) => ![folderOf(source.file), 'core'].includes(folderOf(target)))
          .map((target) => `${source.file} → ${target}`)
      : [],
  );

  expect(offenders).toEqual([]);
});

test('a stage is entered through its door alone', () => {
  const doors = new Set([
    ...stages.map((stage) => `${stage}/index.ts`),
    'ingest/evidence/index.ts',
    'ingest/evidence/pictures/index.ts',
    'ingest/evidence/blurring/index.ts',
    'ingest/replay/index.ts',
    'api/history/index.ts',
    // For the process that makes archives, which needs neither server nor history.
    'api/exports/archive/index.ts',
  ]);
  const offenders = sources.flatMap((source) =>
    targetsOf(source)
      .filter((target) => stages.includes(folderOf(target)) && folderOf(target) !== folderOf(source.file))
      .filter((target) => !doors.has(target))
      // What the API answers is the console's to know, as types alone: a browser's build has no room for more.
      .filter((target) => !(source.file.startsWith('console/') && target.startsWith('api/schema/')))
      .map((target) => `${source.file} → ${target}`),
  );

  expect(offenders).toEqual([]);
});

const worldly = /\bprocess\.(env|argv|exit)\b|\bDate\.now\b|\bsetTimeout\b|\bsetInterval\b/;
/** A browser is its own runtime. */
const worldlyPlaces = /^(main\.ts|vite\.config\.ts|core\/(config|runtime)\/|commands\/|deploy\/|console\/)/;

test('time, environment and exit are touched at the edge alone', () => {
  const offenders = sources.filter(
    ({ file, text }) => !worldlyPlaces.test(file) && worldly.test(codeOf(text)),
  );

  expect(offenders.map(({ file }) => file)).toEqual([]);
});

test('no file is called after nothing', () => {
  const vague = sources.filter(({ file }) =>
    /^(utils?|helpers?|common|types|manager|misc)\.ts$/.test(path.basename(file)),
  );

  expect(vague.map(({ file }) => file)).toEqual([]);
});

test('nothing in the program imports the benchmark', () => {
  const offenders = sources.filter((source) =>
    targetsOf(source).some((target) => folderOf(target) === 'bench'),
  );

  expect(offenders.map(({ file }) => file)).toEqual([]);
});
