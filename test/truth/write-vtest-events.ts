import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { trueEventsOf, type WatchedView, type WrittenScenario } from './true-events.ts';
import { loadWalkers } from './walkers.ts';

/**
 * Writes what really happens on vtest.avi, by the ground truth of the sequence (MOT format, its path the one argument)
 * and for the scenarios of vtest-site.yaml: node --import tsx test/truth/write-vtest-events.ts PETS09-S2L1.gt.txt
 */
const folder = path.resolve(import.meta.dirname, '../fixtures/eval');
const [file = ''] = process.argv.slice(2);
const { cameras, scenarios } = parse(await readFile(path.join(folder, 'vtest-site.yaml'), 'utf8')) as {
  cameras: WatchedView[];
  scenarios: WrittenScenario[];
};
const [view] = cameras;
if (!view) throw new RangeError('vtest-site.yaml has no camera');
const walkers = await loadWalkers(file);
const events = scenarios.flatMap((scenario) => trueEventsOf(scenario, view, walkers));
/** As the formatter would have it. */
const write = (event: object): string =>
  `  { ${Object.entries(event)
    .map(([key, value]) => `"${key}": ${JSON.stringify(value)}`)
    .join(', ')} }`;
const lines = events.map(write);
await writeFile(path.join(folder, 'vtest-events.json'), `[\n${lines.join(',\n')}\n]\n`);
