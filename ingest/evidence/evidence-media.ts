import type { EvidenceItem } from '../../core/schema/alert.ts';
import type { EvidenceRequest } from '../../core/stages.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';

/** What one picture or clip is made from. */
export interface MediumJob {
  request: EvidenceRequest;
  /** Of one coding, in decoding order, from the keyframe that the span leans on. */
  packets: readonly EncodedPacket[];
  /** The span asked for, by stream time. */
  startUs: number;
  endUs: number;
  signal: AbortSignal;
}

/** The making of pictures and clips. */
export interface EvidenceMedia {
  snapshot(job: MediumJob): Promise<EvidenceItem>;
  clip(job: MediumJob): Promise<EvidenceItem>;
}
