import { describe, expect, it } from 'vitest';
import { parameterSetsOf, splitLengthPrefixed } from './access-unit.ts';
import { describeVideo } from './session-description.ts';

const sps = Buffer.from([0x67, 0x64, 0x00, 0x1f]);
const pps = Buffer.from([0x68, 0xee]);
const slice = Buffer.from([0x65, 0x88]);

describe('splitLengthPrefixed', () => {
  it('gives the NAL units of a picture, and nothing of one that is cut off', () => {
    const data = Buffer.from([0, 0, 0, 2, 1, 2, 0, 0, 0, 1, 3, 0, 0, 0, 9, 4]);

    expect(splitLengthPrefixed(data)).toEqual([Buffer.from([1, 2]), Buffer.from([3])]);
  });
});

describe('describeVideo', () => {
  it("carries the keyframe's parameter sets and profile", () => {
    const sets = parameterSetsOf('h264', { nals: [pps, sps, slice], isKeyframe: true });

    const text = describeVideo('h264', sets);

    expect(text).toContain('a=rtpmap:96 H264/90000');
    expect(text).toContain('profile-level-id=64001f; sprop-parameter-sets=Z2QAHw==,aO4=');
  });
});
