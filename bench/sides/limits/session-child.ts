import { frameSpecOf } from '../../../inference/frame-spec.ts';
import { FittedSessions } from '../../../inference/onnx/fitted-sessions.ts';
import { contentSizeOf } from '../../../ingest/decode/picture-scaler.ts';
import type { ModelFile } from '../../reference/model-file.ts';
import { paced } from './paced.ts';

export interface SessionDemand {
  model: ModelFile;
  runs: number;
  /** Of running at the pace of a town; 0 for none. */
  paceSeconds: number;
}

/** Milliseconds of CPU, in a loop and at the pace of a town. */
export interface SessionAnswer {
  perRunMs: number;
  pacedRunMs: number;
}

/** Of one of two detector threads of 90 cameras. */
const runPeriodMs = 66;

/** Of the sub-streams. */
const picture = { width: 640, height: 480 };

/** The model alone, as the program runs it on these pictures: one thread, a tensor that is there already. */
const measure = async ({ model, runs, paceSeconds }: SessionDemand): Promise<SessionAnswer> => {
  const sessions = await FittedSessions.open(model.card, model.path);
  const session = await sessions.of(contentSizeOf(picture, frameSpecOf(model.card)));
  // A run's time does not depend on what is in the picture; zeros alone might take a shorter way through the maths.
  for (let at = 0; at < session.input.data.length; at++) session.input.data[at] = (at * 31) % 256;
  for (let run = 0; run < warmUpRuns; run++) await session.run();
  const before = process.cpuUsage();
  for (let run = 0; run < runs; run++) await session.run();
  const { user, system } = process.cpuUsage(before);
  const [pacedRunMs = Number.NaN] = await paced(
    [{ periodMs: runPeriodMs, work: () => session.run() }],
    paceSeconds,
  );
  await sessions.close();
  return { perRunMs: (user + system) / 1000 / runs, pacedRunMs };
};

const warmUpRuns = 5;

process.on('message', (demand: SessionDemand) => {
  void measure(demand).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());
