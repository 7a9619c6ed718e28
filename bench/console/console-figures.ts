import { slope } from '../measure/quantiles.ts';
import { type Figure, fact } from '../report/figure.ts';
import type { MemorySample } from './measures/memory.ts';

export interface ConsoleMeasured {
  chromium: string;
  memory?: readonly MemorySample[];
}

/** Nothing grows for ever: what is allowed is what a page may gain in an hour without being worth a look. */
const flatMb = 3;

const mb = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`;

export const toConsoleFigures = ({ memory }: ConsoleMeasured): Figure[] => [
  ...(memory ? memoryFigures(memory) : []),
];

/** How much a value grows in an hour, over the last half of the samples. */
export const hourlyGrowth = (
  samples: readonly MemorySample[],
  toValue: (sample: MemorySample) => number,
): number => {
  const half = samples.slice(Math.floor(samples.length / 2));
  return slope(half.map((sample) => ({ at: sample.at / 3600, value: toValue(sample) })));
};

const memoryFigures = (samples: readonly MemorySample[]): Figure[] => {
  const last = samples.at(-1);
  return (['wall', 'queue'] as const).flatMap((name): Figure[] => {
    const growth = hourlyGrowth(samples, (sample) => sample[name].heap);
    const page = last?.[name];
    return [
      {
        name: `memory of the ${name}: growth of the scripts' heap, last half`,
        value: `${mb(growth)}/h`,
        target: `≤ ${flatMb} MB/h`,
        isMet: growth <= flatMb * 1024 ** 2,
      },
      fact(
        'at the end',
        page ? `${mb(page.heap)}, ${page.nodes} nodes, ${page.listeners} listeners` : 'no sample',
      ),
      fact(
        'growth of nodes · listeners',
        `${hourlyGrowth(samples, (sample) => sample[name].nodes).toFixed(0)} · ${hourlyGrowth(samples, (sample) => sample[name].listeners).toFixed(0)} /h`,
      ),
    ];
  });
};
