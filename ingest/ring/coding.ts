import { parameterSetsOf } from './parameter-sets.ts';

export type Codec = 'h264' | 'h265';

/** Pixels. */
export interface PictureSize {
  width: number;
  height: number;
}

/**
 * How a run of pictures is coded. Packets of one coding share the object, so that whether they can follow each other
 * in one clip is a question of identity.
 */
export interface Coding {
  readonly codec: Codec;
  /** In Annex B form; empty when the camera has sent none. */
  readonly parameterSets: Buffer;
  /** As the first picture that was decoded says. */
  size?: PictureSize;
}

/** Reads the coding of one camera's keyframes, over all its sessions. */
export class CodingReader {
  #latest: Coding | undefined;

  /**
   * The coding of a keyframe and of all that follows it, and the keyframe as a decoder can begin with it. One without
   * parameter sets goes on as the one before, and is given that one's.
   */
  read(codec: Codec, keyframe: Buffer): { coding: Coding; data: Buffer } {
    const sets = parameterSetsOf(codec, keyframe);
    const latest = this.#latest;
    if (latest?.codec === codec && !sets) {
      return { coding: latest, data: Buffer.concat([latest.parameterSets, keyframe]) };
    }
    if (latest?.codec === codec && sets?.equals(latest.parameterSets))
      return { coding: latest, data: keyframe };
    const coding = { codec, parameterSets: sets ?? Buffer.alloc(0) };
    this.#latest = coding;
    return { coding, data: keyframe };
  }
}
