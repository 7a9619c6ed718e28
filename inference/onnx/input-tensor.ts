import type { ModelInput } from '../../core/schema/model-card.ts';

/** What a tensor is made of: numbers as the card wants them, or the picture's bytes as they are. */
export type TensorType = 'float32' | 'uint8';

interface Fillable {
  readonly shape: readonly number[];
  /** Fills it with a picture of packed three-byte pixels at the top left; what is left over gets the card's pad. */
  fill(pixels: Uint8Array, width: number, height: number): void;
}

/** A model's input, made once and filled anew for every frame. */
export type InputTensor = Fillable &
  (
    | { readonly type: 'float32'; readonly data: Float32Array }
    /** Rows of packed pixels, whatever the card says of layout. */
    | { readonly type: 'uint8'; readonly data: Uint8Array }
  );

const channels = 3;

interface PictureSize {
  width: number;
  height: number;
}

/** The part of a tensor that one channel has. */
const planesOf = (data: Float32Array): [Float32Array, Float32Array, Float32Array] => {
  const size = data.length / channels;
  return [data.subarray(0, size), data.subarray(size, 2 * size), data.subarray(2 * size)];
};

/** Rows of pixels into three planes, byte by byte. */
const bytesToPlanes = (
  pixels: Uint8Array,
  { width, height }: PictureSize,
  { width: inputWidth, scale }: ModelInput,
  data: Float32Array,
): void => {
  const [first, second, third] = planesOf(data);
  let from = 0;
  for (let row = 0; row < height; row++) {
    const end = row * inputWidth + width;
    for (let to = row * inputWidth; to < end; to++) {
      first[to] = (pixels[from] ?? 0) * scale;
      second[to] = (pixels[from + 1] ?? 0) * scale;
      third[to] = (pixels[from + 2] ?? 0) * scale;
      from += channels;
    }
  }
};

/**
 * Rows of pixels into three planes, four pixels at a time of the three words that they are (little-endian, as all that Node
 * runs on but one): half to a third of the time that bytes take. Fitted models take bytes as they are.
 */
const wordsToPlanes = (
  words: Uint32Array,
  { width, height }: PictureSize,
  { width: inputWidth, scale }: ModelInput,
  data: Float32Array,
): void => {
  const [first, second, third] = planesOf(data);
  let from = 0;
  for (let row = 0; row < height; row++) {
    const end = row * inputWidth + width;
    for (let to = row * inputWidth; to < end; to += 4) {
      const a = words[from++] ?? 0;
      const b = words[from++] ?? 0;
      const c = words[from++] ?? 0;
      first[to] = (a & 255) * scale;
      second[to] = ((a >>> 8) & 255) * scale;
      third[to] = ((a >>> 16) & 255) * scale;
      first[to + 1] = (a >>> 24) * scale;
      second[to + 1] = (b & 255) * scale;
      third[to + 1] = ((b >>> 8) & 255) * scale;
      first[to + 2] = ((b >>> 16) & 255) * scale;
      second[to + 2] = (b >>> 24) * scale;
      third[to + 2] = (c & 255) * scale;
      first[to + 3] = ((c >>> 8) & 255) * scale;
      second[to + 3] = ((c >>> 16) & 255) * scale;
      third[to + 3] = (c >>> 24) * scale;
    }
  }
};

const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

const toPlanes = (pixels: Uint8Array, picture: PictureSize, input: ModelInput, data: Float32Array): void => {
  const { buffer, byteOffset } = pixels;
  const isOfWords = isLittleEndian && byteOffset % 4 === 0 && picture.width % 4 === 0;
  const count = (picture.width * picture.height * channels) / 4;
  if (isOfWords) wordsToPlanes(new Uint32Array(buffer, byteOffset, count), picture, input, data);
  else bytesToPlanes(pixels, picture, input, data);
};

/** Rows of pixels into rows of the same order. */
const toRows = (
  pixels: Uint8Array,
  picture: PictureSize,
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

/** Rows of pixels into longer rows, or at one go when they are as long. */
const copyRows = (
  pixels: Uint8Array,
  { width, height }: PictureSize,
  inputWidth: number,
  data: Uint8Array,
): void => {
  const rowLength = width * channels;
  if (width === inputWidth) {
    data.set(pixels.subarray(0, rowLength * height));
    return;
  }
  for (let row = 0; row < height; row++)
    data.set(pixels.subarray(row * rowLength, (row + 1) * rowLength), row * inputWidth * channels);
};

/** The padding outlives the frame: it changes only when a picture of another shape comes. */
const padOnce = (pad: () => void): ((width: number, height: number) => void) => {
  let padded = '';
  return (width, height) => {
    const size = `${width}x${height}`;
    if (padded !== size) pad();
    padded = size;
  };
};

const createByteTensor = ({ width: inputWidth, height: inputHeight, pad }: ModelInput): InputTensor => {
  const data = new Uint8Array(channels * inputWidth * inputHeight);
  const padFor = padOnce(() => data.fill(pad));
  return {
    type: 'uint8',
    data,
    shape: [1, inputHeight, inputWidth, channels],
    fill: (pixels, width, height) => {
      padFor(width, height);
      copyRows(pixels, { width, height }, inputWidth, data);
    },
  };
};

const createFloatTensor = (input: ModelInput): InputTensor => {
  const { width: inputWidth, height: inputHeight, layout, scale, pad } = input;
  const data = new Float32Array(channels * inputWidth * inputHeight);
  const padFor = padOnce(() => data.fill(pad * scale));
  const write = layout === 'nchw' ? toPlanes : toRows;
  return {
    type: 'float32',
    data,
    shape:
      layout === 'nchw' ? [1, channels, inputHeight, inputWidth] : [1, inputHeight, inputWidth, channels],
    fill: (pixels, width, height) => {
      padFor(width, height);
      write(pixels, { width, height }, input, data);
    },
  };
};

/** Makes the one input tensor of a session. Channels keep the order in which the frame's pixels hold them. */
export const createInputTensor = (input: ModelInput, type: TensorType): InputTensor =>
  type === 'uint8' ? createByteTensor(input) : createFloatTensor(input);
