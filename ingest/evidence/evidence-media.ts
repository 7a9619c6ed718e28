import type { EvidenceItem } from '../../core/schema/alert.ts';
import type { EvidenceRequest } from '../../core/stages.ts';
import type { RingPacket } from '../ring/packet-ring.ts';
import type { StreamParameters } from '../rtsp/stream-parameters.ts';

/** Stream parameters that outlive the session they came from. */
export interface KeptStream extends StreamParameters {
  free(): void;
}

/** What one picture or clip is made from. The packets stay valid until the promise settles. */
export interface MediumJob<P> {
  request: EvidenceRequest;
  stream: StreamParameters;
  /** In decoding order, from the keyframe that the span leans on. */
  packets: readonly RingPacket<P>[];
  /** The span asked for, by stream time. */
  startUs: number;
  endUs: number;
  signal: AbortSignal;
}

/** The making of pictures and clips; also what the recorder needs to know about streams. */
export interface EvidenceMedia<P> {
  snapshot(job: MediumJob<P>): Promise<EvidenceItem>;
  clip(job: MediumJob<P>): Promise<EvidenceItem>;
  keep(stream: StreamParameters): KeptStream;
  /** Whether packets of both can be in one clip. */
  isSame(one: StreamParameters, other: StreamParameters): boolean;
}
