import { openSession } from '../../../inference/onnx/session.ts';
import type { ModelFile } from '../../reference/open-eyes.ts';

export interface SessionDemand {
  model: ModelFile;
  runs: number;
}

/** Milliseconds of CPU. */
export interface SessionAnswer {
  perRunMs: number;
}

/** The model alone, as the program runs it: one thread, a tensor that is there already. */
const measure = async ({ model, runs }: SessionDemand): Promise<SessionAnswer> => {
  const session = await openSession(model.card, model.path);
  // A run's time does not depend on what is in the picture; zeros alone might take a shorter way through the maths.
  for (let at = 0; at < session.input.data.length; at++) session.input.data[at] = (at * 31) % 256;
  for (let run = 0; run < warmUpRuns; run++) await session.run();
  const before = process.cpuUsage();
  for (let run = 0; run < runs; run++) await session.run();
  const { user, system } = process.cpuUsage(before);
  await session.close();
  return { perRunMs: (user + system) / 1000 / runs };
};

const warmUpRuns = 5;

process.on('message', (demand: SessionDemand) => {
  void measure(demand).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());
