import { Badge } from '../../parts/badge.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Meter } from '../../parts/meter.tsx';
import { Panel } from '../../parts/panel.tsx';
import { type Sample, sumOf } from './metrics.ts';
import { word } from './words.ts';

interface Props {
  id: string;
  samples: readonly Sample[];
}

const cameraStates = ['live', 'connecting', 'waiting', 'lost', 'off'] as const;
const degradations = ['slow', 'dormant', 'unwatched'] as const;
const pressures = ['detectorBusy', 'detectorWait', 'behind', 'cameraThread', 'mainThread'] as const;

/** What one worker has to do, beside what it can. */
export const WorkerLoad = ({ id, samples }: Props) => {
  const of = (name: string, labels: Record<string, string> = {}): number | undefined =>
    sumOf(samples, `xueliang_${name}`, { instance: id, ...labels });
  const budget = of('worker_budget_cores');
  // A step that is taken for a part of its cameras counts as that part.
  const level = Math.ceil(of('worker_shed_level') ?? 0);
  if (budget === undefined)
    return (
      <Panel title={word('workerOf', { id })}>
        <p class="muted">{word('noNumbers')}</p>
      </Panel>
    );
  const cores = (name: string) => {
    const used = of(name) ?? 0;
    const text = word('coresOf', { used: used.toFixed(2), budget });
    return { share: budget > 0 ? used / budget : 0, text };
  };
  return (
    <Panel
      title={word('workerOf', { id })}
      aside={
        level > 0 ? (
          <Badge tone="warn">{word('shedding', { level })}</Badge>
        ) : (
          <Badge tone="good">{word('notShedding')}</Badge>
        )
      }
    >
      <Meter label={word('usedCores')} {...cores('worker_used_cores')} />
      <Meter label={word('committedCores')} {...cores('worker_committed_cores')} badAt={1} />
      <Facts
        facts={[
          ...cameraStates.map(
            (state) => [word(`cameras-${state}`), of('ingest_cameras', { state }) ?? 0] as const,
          ),
          [word('refused'), of('worker_refused_cameras') ?? 0],
        ]}
      />
      <h3>{word('pressure')}</h3>
      <div class="stack">
        {pressures.map((kind) => (
          <Meter
            key={kind}
            label={word(`pressure-${kind}`)}
            share={of('worker_pressure_ratio', { kind }) ?? 0}
            text=""
            badAt={1}
          />
        ))}
      </div>
      <h3>{word('shed')}</h3>
      <Facts
        facts={[
          ...degradations.map(
            (to) => [word(`degraded-${to}`), of('worker_degraded_cameras', { to }) ?? 0] as const,
          ),
          [word('droppedShed'), of('ingest_dropped_frames_total', { reason: 'shed' }) ?? 0],
          [word('droppedBusy'), of('ingest_dropped_frames_total', { reason: 'detector-busy' }) ?? 0],
        ]}
      />
    </Panel>
  );
};
