import { slope } from '../../measure/quantiles.ts';
import { type Figure, fact } from '../../report/figure.ts';
import type { MemorySample, PageMemory } from '../measures/memory.ts';

/** A page may gain that much in an hour without being worth a look: what a collection leaves varies by as much. */
const flatMb = 3;

export const mb = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`;

/** What a page has at first and what a collection leaves are slopes, too, until so long was watched. Samples come a little late. */
const leastMinutes = 10;

/** Whether a slope says anything. */
const isLong = (samples: readonly MemorySample[]): boolean =>
  ((samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0) + 5) / 60 >= leastMinutes;

/** How much a value grows in an hour, by least squares over the last half of the samples. */
export const hourlyGrowth = <Sample extends { at: number }>(
  samples: readonly Sample[],
  toValue: (sample: Sample) => number,
): number => {
  const half = samples.slice(Math.floor(samples.length / 2));
  return slope(half.map((sample) => ({ at: sample.at / 3600, value: toValue(sample) })));
};

/** Both pages' processes together. */
const rendererBytes = ({ resident }: MemorySample): number =>
  Object.entries(resident).reduce((sum, [name, bytes]) => sum + (name.startsWith('renderer') ? bytes : 0), 0);

export const memoryFigures = (samples: readonly MemorySample[]): Figure[] => {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) return [];
  return [
    ...pageFigures('wall', samples),
    ...pageFigures('queue', samples),
    fact(
      'resident, all renderers: first · last · growth of the last half',
      `${mb(rendererBytes(first))} · ${mb(rendererBytes(last))} · ${mb(hourlyGrowth(samples, rendererBytes))}/h`,
    ),
    fact(
      'seconds of video kept',
      `${first.wall.bufferedSeconds.toFixed(0)} → ${last.wall.bufferedSeconds.toFixed(0)}`,
    ),
    fact('tiles live, in the worst sample', String(Math.min(...samples.map(({ wall }) => wall.liveTiles)))),
    fact('alerts · minutes · load', `${last.raised} · ${(last.at / 60).toFixed(1)} · ${last.load}`),
  ];
};

const pageFigures = (name: 'wall' | 'queue', samples: readonly MemorySample[]): Figure[] => {
  const growthOf = (toValue: (page: PageMemory) => number): number =>
    hourlyGrowth(samples, (sample) => toValue(sample[name]));
  const heap = growthOf((page) => page.heap);
  const last = samples.at(-1)?.[name];
  const nodes = growthOf((page) => page.nodes).toFixed(0);
  const listeners = growthOf((page) => page.listeners).toFixed(0);
  return [
    {
      name: `memory of the ${name}: growth of the scripts' heap over the last half`,
      value: `${mb(heap)}/h`,
      ...(isLong(samples)
        ? { target: `≤ ${flatMb} MB/h`, isMet: heap <= flatMb * 1024 ** 2 }
        : { target: `not judged: under ${leastMinutes} min`, isMet: undefined }),
    },
    fact('growth of nodes · listeners', `${nodes} · ${listeners} /h`),
    fact('at the end', last ? `${mb(last.heap)}, ${last.nodes} nodes, ${last.listeners} listeners` : '–'),
  ];
};
