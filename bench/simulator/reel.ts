import { parameterSetsOf, type VideoCodec } from './access-unit.ts';
import { readClip } from './read-clip.ts';
import { packetise, type RtpFrame } from './rtp-frame.ts';
import { describeVideo } from './session-description.ts';

/** A clip cut into packets once, for all cameras that ever play it. */
export interface Reel {
  id: string;
  codec: VideoCodec;
  frames: readonly RtpFrame[];
  keyframes: readonly boolean[];
  description: string;
}

export const openReel = async ({ id, file }: { id: string; file: string }): Promise<Reel> => {
  const { codec, units } = await readClip(file);
  const [first] = units;
  return {
    id,
    codec,
    frames: units.map(({ nals }) => packetise(codec, nals)),
    keyframes: units.map(({ isKeyframe }) => isKeyframe),
    description: describeVideo(codec, first ? parameterSetsOf(codec, first) : []),
  };
};
