import { parentPort, workerData } from 'node:worker_threads';
import { AV_LOG_QUIET } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { FrameSlots } from '../../core/frame-slots.ts';
import { createLogger } from '../../core/log.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { openLoopMonitor } from '../../core/runtime/loop-load.ts';
import { nameThread } from '../../core/runtime/thread.ts';
import { AvDecoders } from '../decode/av-decoders.ts';
import { createEvidenceBudget } from '../evidence/budget.ts';
import { AddressGuard } from '../rtsp/address-guard.ts';
import { ReadingTurns } from '../rtsp/client/reading-turns.ts';
import { ReaderSeats } from '../rtsp/ffmpeg/reader-seats.ts';
import { CameraHost } from './camera-host.ts';
import type { CameraThreadData, FromCameraThread, ToCameraThread } from './messages.ts';
import { Questions } from './questions.ts';
import { startCamera, type ThreadParts } from './start-camera.ts';

/** The entry of a camera thread: started by the main thread, never imported. */
const run = (data: CameraThreadData, port: NonNullable<typeof parentPort>): void => {
  const name = `cameras-${data.pool}`;
  nameThread(name);
  // FFmpeg writes URLs with passwords into its log. What it has to say comes as error codes.
  Log.setLevel(AV_LOG_QUIET);
  const post = (message: FromCameraThread): void => port.postMessage(message);
  const log = createLogger({ level: data.logLevel }).child({ thread: name });
  const questions = new Questions(post);
  const decoders = new AvDecoders(data.spec);
  const parts: ThreadParts = {
    data,
    clock: systemClock,
    log,
    slots: FrameSlots.from(data.slots, data.slotCount, data.spec),
    decoders,
    turns: new ReadingTurns(systemClock),
    seats: new ReaderSeats(data.ffmpegCameras, new Int32Array(data.ffmpegTaken), data.pool),
    guard: new AddressGuard({ allowedNetworks: data.allowedNetworks }),
    questions,
    budget: createEvidenceBudget(),
    post: (message) => post(message),
  };
  const loop = openLoopMonitor();
  const host = new CameraHost({
    clock: systemClock,
    log,
    post: (message) => {
      post(message);
      if (message.type !== 'closed') return;
      decoders.close();
      loop.close();
      port.close();
    },
    start: (camera, credentials, onStateChange) => startCamera(camera, credentials, parts, onStateChange),
    takeLoad: () => loop.take(),
    onAnswer: (ticket, isYes) => questions.answer(ticket, isYes),
  });
  port.on('message', (message: ToCameraThread) => host.take(message));
  post({ type: 'ready' });
};

if (parentPort) run(workerData as CameraThreadData, parentPort);
