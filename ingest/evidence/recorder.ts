import type { Logger } from '../../core/log.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { EvidenceOutcome, EvidenceRequest } from '../../core/stages.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';
import type { PacketRing } from '../ring/packet-ring.ts';
import { createEvidenceBudget, type EvidenceBudget } from './budget.ts';
import { createEvidenceMedia } from './media/media.ts';
import { RecorderCore, type RecorderCounts } from './recorder-core.ts';

export interface EvidenceRecorderDeps {
  ring: PacketRing;
  /** The evidence folder. */
  folder: string;
  clock: Clock;
  log: Logger;
  /** Called exactly once for each medium of each request, possibly before `request` returns. */
  onOutcome: (outcome: EvidenceOutcome) => void;
  /** Shared by all recorders of a thread; without it the recorder has bounds of its own. */
  budget?: EvidenceBudget;
  /** Asks whoever owns the folder to free that many bytes. Without it a full disk is final. */
  makeRoom?: (sizeBytes: number) => Promise<boolean>;
  /** Requests of this camera that are not finished. */
  maxPending?: number;
  /** Bytes of packets of this camera kept for clips; beyond it clips end early. */
  maxHeldBytes?: number;
}

/** Cuts snapshots and clips out of one camera's ring. Lives on the camera's thread and never blocks it for long. */
export interface EvidenceRecorder {
  request(request: EvidenceRequest): void;
  /** To be called after each packet that was offered to the ring. */
  onPacket(packet: EncodedPacket): void;
  /** To be called every second or so: ends clips whose packets do not come. */
  poll(): void;
  /** Gives up all that is not being written yet. */
  cancelAll(reason: string): void;
  /** Writes the clips that wait with what is there, and resolves when nothing is under way. The ring comes after. */
  close(): Promise<void>;
  readonly counts: Readonly<RecorderCounts>;
}

const defaultMaxPending = 8;
/** A minute of 8 Mbit/s. */
const defaultMaxHeldBytes = 64 * 1024 * 1024;
/** The folder's owner sheds a few files within milliseconds; one that does not answer must not hold up the lane. */
const makeRoomTimeoutMs = 10_000;

/** Resolves to false when room was not made in time, or making it failed. */
const withDeadline =
  (makeRoom: (sizeBytes: number) => Promise<boolean>, clock: Clock) =>
  async (sizeBytes: number): Promise<boolean> => {
    const waited = new AbortController();
    try {
      const late = clock.sleep(makeRoomTimeoutMs, waited.signal).then(() => false);
      return await Promise.race([makeRoom(sizeBytes).catch(() => false), late]);
    } finally {
      waited.abort();
    }
  };

/** Makes one camera's recorder. It opens nothing until it is asked for evidence. */
export const createEvidenceRecorder = ({
  folder,
  makeRoom,
  budget = createEvidenceBudget(),
  maxPending = defaultMaxPending,
  maxHeldBytes = defaultMaxHeldBytes,
  ...deps
}: EvidenceRecorderDeps): EvidenceRecorder =>
  new RecorderCore({
    ...deps,
    budget,
    maxPending,
    maxHeldBytes,
    media: createEvidenceMedia({ folder, makeRoom: makeRoom && withDeadline(makeRoom, deps.clock) }),
  });
