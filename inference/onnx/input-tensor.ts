import type { ModelInput } from '../../core/schema/model-card.ts';

/** A model's input, made once and filled anew for every frame. */
export interface InputTensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
  /** Fills it with a picture of packed three-byte pixels at the top left; what is left over gets the card's pad. */
  fill(pixels: Uint8Array, width: number, height: number): void;
}

const channels = 3;

/** Rows of pixels into three planes. */
const toPlanes = (
  pixels: Uint8Array,
  picture: { width: number; height: number },
  { width: inputWidth, height: inputHeight, scale }: ModelInput,
  data: Float32Array,
): void => {
  const plane = inputWidth * inputHeight;
  const { width, height } = picture;
  let from = 0;
  for (let row = 0; row < height; row++) {
    const end = row * inputWidth + width;
    for (let to = row * inputWidth; to < end; to++) {
      data[to] = (pixels[from] ?? 0) * scale;
      data[to + plane] = (pixels[from + 1] ?? 0) * scale;
      data[to + 2 * plane] = (pixels[from + 2] ?? 0) * scale;
      from += channels;
    }
  }
};

/** Rows of pixels into rows of the same order. */
const toRows = (
  pixels: Uint8Array,
  picture: { width: number; height: number },
  { width: inputWidth, scale }: ModelInput,
  data: Float32Array,
): void => {
  const rowLength = picture.width * channels;
  let from = 0;
  for (let row = 0; row < picture.height; row++) {
    const start = row * inputWidth * channels;
    for (let to = start; to < start + rowLength; to++, from++) data[to] = (pixels[from] ?? 0) * scale;
  }
};

/** Makes the one input tensor of a session. Channels keep the order in which the frame's pixels hold them. */
export const createInputTensor = (input: ModelInput): InputTensor => {
  const { width, height, layout, scale, pad } = input;
  const data = new Float32Array(channels * width * height);
  const write = layout === 'nchw' ? toPlanes : toRows;
  let padded = '';
  return {
    data,
    shape: layout === 'nchw' ? [1, channels, height, width] : [1, height, width, channels],
    fill: (pixels, pictureWidth, pictureHeight) => {
      const size = `${pictureWidth}x${pictureHeight}`;
      // The padding outlives the frame: it changes only when a picture of another shape comes.
      if (padded !== size) data.fill(pad * scale);
      padded = size;
      write(pixels, { width: pictureWidth, height: pictureHeight }, input, data);
    },
  };
};
