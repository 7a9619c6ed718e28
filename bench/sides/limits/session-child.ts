import { frameSpecOf } from '../../../inference/frame-spec.ts';
import { FittedSessions } from '../../../inference/onnx/fitted-sessions.ts';
import type { Session } from '../../../inference/onnx/session.ts';
import { contentSizeOf } from '../../../ingest/decode/picture-scaler.ts';
import type { ModelFile } from '../../reference/model-file.ts';
import { paced } from './paced.ts';
import { servePart } from './serve-part.ts';
import { cpuUs } from './timed.ts';

export interface SessionOptions {
  model: ModelFile;
  /** In a loop. */
  runs: number;
  /** At whose pace. */
  cameras: number;
}

/** Milliseconds of CPU for one run. */
export interface SessionTimes {
  runMs: number;
}

/** A second and camera, of a town of which a tenth is awake, as in its hours. */
const runsPerCamera = 0.31;

/** Of the sub-streams. */
const picture = { width: 640, height: 480 };

const warmUpRuns = 5;

const measureInLoop = async (session: Session, runs: number): Promise<SessionTimes> => {
  const before = cpuUs();
  for (let run = 0; run < runs; run++) await session.run();
  return { runMs: (cpuUs() - before) / 1000 / runs };
};

/** The model alone, as the program runs it on these pictures: one thread, a tensor that is there already. */
servePart<SessionOptions, SessionTimes>(async ({ model, runs, cameras }) => {
  const sessions = await FittedSessions.open(model.card, model.path);
  const session = await sessions.of(contentSizeOf(picture, frameSpecOf(model.card)));
  // A run's time does not depend on what is in the picture; zeros alone might take a shorter way through the maths.
  for (let at = 0; at < session.input.data.length; at++) session.input.data[at] = (at * 31) % 256;
  for (let run = 0; run < warmUpRuns; run++) await session.run();
  return {
    inLoop: () => measureInLoop(session, runs),
    atPace: async (seconds) => {
      const lane = { periodMs: 1000 / (runsPerCamera * cameras), work: () => session.run() };
      const [runMs = Number.NaN] = await paced([lane], seconds);
      return { runMs };
    },
  };
});
