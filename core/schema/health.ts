import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { ClockQuality } from './detection.ts';
import type { dropReasons } from './drop-reasons.ts';
import { CameraPlace, Instant, ResourceId } from './ids.ts';
import { PictureCondition } from './scenario.ts';

/** Why a camera gives no picture. */
export const cameraCauses = [
  'unreachable',
  'refused',
  'unauthorised',
  'not-found',
  'no-video',
  'unsupported-codec',
  'stalled',
  'undecodable',
  'address-forbidden',
  'closed-by-camera',
  'over-budget',
  'no-capacity',
] as const;
export const CameraCause = Type.Enum(cameraCauses);
export type CameraCause = (typeof cameraCauses)[number];

/** `live` means pictures were received and decoded lately; nothing else does. */
export const cameraStates = ['waiting', 'connecting', 'live', 'lost', 'off'] as const;
export const CameraState = Type.Enum(cameraStates);
export type CameraState = (typeof cameraStates)[number];

export const tiers = ['dormant', 'awake'] as const;
export const Tier = Type.Enum(tiers);
export type Tier = (typeof tiers)[number];

/**
 * How closely a camera is still looked at while its node has more work than cores, mildest first: one frame a second,
 * as if nothing happened before it, or not at all by the detector.
 */
export const degradations = ['slow', 'dormant', 'unwatched'] as const;
export type Degradation = (typeof degradations)[number];

export type DropReason = (typeof dropReasons)[number];

export const CameraStatus = closed({
  cameraId: ResourceId,
  place: CameraPlace,
  workerId: ResourceId,
  at: Instant,
  state: CameraState,
  since: Instant,
  cause: Type.Optional(CameraCause),
  message: Type.Optional(Type.String({ maxLength: 300 })),
  tier: Tier,
  /** While overload keeps it from being looked at as closely as its picture and its scenarios want. */
  degraded: Type.Optional(closed({ to: Type.Enum(degradations), since: Instant })),
  /** What is wrong with its picture, and since when; left out while nothing is. Never `offline`: `state` says that. */
  picture: Type.Optional(closed({ condition: PictureCondition, since: Instant })),
  codec: Type.Optional(Type.Enum(['h264', 'h265'])),
  width: Type.Optional(Type.Integer()),
  height: Type.Optional(Type.Integer()),
  /** Frames per second that the camera sends, and that we looked at, over the last seconds. */
  streamFps: Type.Number({ minimum: 0 }),
  detectFps: Type.Number({ minimum: 0 }),
  bitrateKbps: Type.Number({ minimum: 0 }),
  gopSeconds: Type.Optional(Type.Number({ minimum: 0 })),
  lastPacketAt: Type.Optional(Instant),
  lastFrameAt: Type.Optional(Instant),
  clockQuality: ClockQuality,
  /** How far the camera's clock is from ours, where RTCP tells. */
  clockOffsetMs: Type.Optional(Type.Number()),
  connects: Type.Integer({ minimum: 0 }),
  /** Share of one core that this camera used lately: reading, decoding, detecting. */
  costCores: Type.Number({ minimum: 0 }),
  ringBytes: Type.Integer({ minimum: 0 }),
  ringSeconds: Type.Number({ minimum: 0 }),
  /** Pictures that came out of the decoder since the worker started; missing where an older worker tells. */
  decoded: Type.Optional(Type.Integer({ minimum: 0 })),
  dropped: closed({
    quiet: Type.Integer({ minimum: 0 }),
    behind: Type.Integer({ minimum: 0 }),
    shed: Type.Integer({ minimum: 0 }),
    'detector-busy': Type.Integer({ minimum: 0 }),
  }),
});
export type CameraStatus = Static<typeof CameraStatus>;

export const roleNames = ['worker', 'alerts', 'api'] as const;
export type RoleName = (typeof roleNames)[number];

/** What a running role says of itself every few seconds. */
export const RoleStatus = closed({
  role: Type.Enum(roleNames),
  id: ResourceId,
  pid: Type.Integer({ minimum: 1 }),
  at: Instant,
  startedAt: Instant,
  address: Type.Optional(Type.String({ maxLength: 200 })),
  modelId: Type.Optional(Type.String({ maxLength: 64 })),
  rssBytes: Type.Integer({ minimum: 0 }),
  eventLoopDelayP99Ms: Type.Number({ minimum: 0 }),
  outboxPending: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Since when the role does not hear of changes of the configuration; absent while it does. */
  configurationStaleSince: Type.Optional(Instant),
});
export type RoleStatus = Static<typeof RoleStatus>;
