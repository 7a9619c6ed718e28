import { frameSpecOf } from '../../../inference/frame-spec.ts';
import { FittedSessions } from '../../../inference/onnx/fitted-sessions.ts';
import { contentSizeOf } from '../../../ingest/decode/picture-scaler.ts';
import type { ModelFile } from '../../reference/model-file.ts';

export interface SessionDemand {
  model: ModelFile;
  runs: number;
}

/** Milliseconds of CPU. */
export interface SessionAnswer {
  perRunMs: number;
}

/** Of the sub-streams. */
const picture = { width: 640, height: 480 };

/** The model alone, as the program runs it on these pictures: one thread, a tensor that is there already. */
const measure = async ({ model, runs }: SessionDemand): Promise<SessionAnswer> => {
  const sessions = await FittedSessions.open(model.card, model.path);
  const session = await sessions.of(contentSizeOf(picture, frameSpecOf(model.card)));
  // A run's time does not depend on what is in the picture; zeros alone might take a shorter way through the maths.
  for (let at = 0; at < session.input.data.length; at++) session.input.data[at] = (at * 31) % 256;
  for (let run = 0; run < warmUpRuns; run++) await session.run();
  const before = process.cpuUsage();
  for (let run = 0; run < runs; run++) await session.run();
  const { user, system } = process.cpuUsage(before);
  await sessions.close();
  return { perRunMs: (user + system) / 1000 / runs };
};

const warmUpRuns = 5;

process.on('message', (demand: SessionDemand) => {
  void measure(demand).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());
