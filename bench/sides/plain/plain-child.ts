import { spawn } from 'node:child_process';
import { createFindDetections } from '../../../inference/decode/decoder.ts';
import { openSession } from '../../../inference/onnx/session.ts';
import type { ModelFile } from '../../reference/model-file.ts';

export interface PlainDemand {
  urls: readonly string[];
  model: ModelFile;
  fps: number;
  /** Of the pictures that go through the pipe. */
  width: number;
  height: number;
}

/** Since the start. */
export interface PlainAnswer {
  frames: number;
  detections: number;
}

const tally: PlainAnswer = { frames: 0, detections: 0 };
const bytesPerPixel = 3;
const ffmpegPath = '/usr/bin/ffmpeg';

/** ffmpeg for one camera as its manual would have it: scaled and thinned out by its own filters, raw into a pipe. */
const startFfmpeg = (url: string, { fps, width, height, model }: PlainDemand) => {
  const filters = `fps=${fps},scale=${width}:${height}`;
  const pixels = model.card.input.pixel === 'bgr' ? 'bgr24' : 'rgb24';
  // One decoding thread: several cost more CPU for the same pictures.
  const input = ['-v', 'error', '-threads', '1', '-rtsp_transport', 'tcp', '-i', url];
  const output = ['-an', '-vf', filters, '-pix_fmt', pixels, '-f', 'rawvideo', 'pipe:1'];
  return spawn(ffmpegPath, [...input, ...output], { stdio: ['ignore', 'pipe', 'ignore'] });
};

const serve = async (demand: PlainDemand): Promise<void> => {
  const { urls, model, width, height } = demand;
  const session = await openSession(model.card, model.path);
  const find = createFindDetections(model.card);
  const frameBytes = width * height * bytesPerPixel;
  let turn = Promise.resolve();
  const look = async (pixels: Buffer): Promise<void> => {
    session.input.fill(pixels, width, height);
    await session.run();
    tally.frames++;
    tally.detections += find(session.outputs, width, height).detections.length;
  };
  for (const url of urls) {
    const child = startFfmpeg(url, demand);
    void (async () => {
      let rest: Buffer = Buffer.alloc(0);
      // Reading goes on when a frame has been looked at: a pipe that is full holds ffmpeg back.
      for await (const chunk of child.stdout) {
        rest = Buffer.concat([rest, chunk as Buffer]);
        while (rest.length >= frameBytes) {
          const pixels = rest.subarray(0, frameBytes);
          rest = rest.subarray(frameBytes);
          turn = turn.then(() => look(pixels));
          await turn;
        }
      }
    })();
  }
};

process.on('message', (demand: PlainDemand | 'tell') => {
  if (demand === 'tell') process.send?.(tally);
  else void serve(demand).then(() => process.send?.(tally));
});
process.on('disconnect', () => process.exit());
