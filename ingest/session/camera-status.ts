import type { Clock } from '../../core/runtime/clock.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { CameraStatus, Tier } from '../../core/schema/health.ts';
import type { PictureFault } from '../gate/picture-judge.ts';
import type { PacketRing } from '../ring/packet-ring.ts';
import type { CaptureClock } from '../times/capture-clock.ts';
import type { StateNow } from './camera-state.ts';
import type { CameraTally } from './camera-tally.ts';

export interface StatusParts {
  workerId: string;
  camera: Camera;
  clock: Clock;
  state: StateNow;
  tier: Tier;
  fault: PictureFault | undefined;
  tally: CameraTally;
  captureClock: CaptureClock;
  gopSeconds: number;
  ring: PacketRing;
}

const maxMessageLength = 300;

const clockMessage = ({ isFarOff, offsetMs }: CaptureClock): string | undefined => {
  if (!isFarOff || offsetMs === undefined) return undefined;
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  return `the camera’s clock is ${seconds} s ${offsetMs > 0 ? 'fast' : 'slow'}; set its NTP server`;
};

/** Puts together what the operator is told of a camera. */
export const toCameraStatus = (parts: StatusParts): CameraStatus => {
  const { camera, captureClock, clock, fault, gopSeconds, ring, state, tally } = parts;
  const { coding } = ring;
  const { connects, decoded, dropped, lastFrameAt, lastPacketAt } = tally;
  const message = state.message ?? clockMessage(captureClock);
  return {
    cameraId: camera.id,
    place: camera.place,
    workerId: parts.workerId,
    at: Math.round(clock.now()),
    state: state.state,
    since: Math.round(state.since),
    ...(state.cause ? { cause: state.cause } : {}),
    ...(message === undefined ? {} : { message: message.slice(0, maxMessageLength) }),
    tier: parts.tier,
    // Of a picture that does not come there is nothing to say.
    ...(fault && state.state === 'live'
      ? { picture: { condition: fault.condition, since: Math.round(fault.since) } }
      : {}),
    ...(coding ? { codec: coding.codec, ...coding.size } : {}),
    ...tally.rates(clock.monotonic()),
    ...(gopSeconds > 0 ? { gopSeconds } : {}),
    ...(lastPacketAt === undefined ? {} : { lastPacketAt: Math.round(lastPacketAt) }),
    ...(lastFrameAt === undefined ? {} : { lastFrameAt: Math.round(lastFrameAt) }),
    clockQuality: captureClock.quality,
    ...(captureClock.offsetMs === undefined ? {} : { clockOffsetMs: captureClock.offsetMs }),
    connects,
    ringBytes: ring.bytes,
    ringSeconds: ring.seconds,
    decoded,
    dropped: { ...dropped },
  };
};
