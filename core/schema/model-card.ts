import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Label } from './label.ts';

const side = Type.Integer({ minimum: 32, maximum: 4096 });
const tensorName = Type.String({ minLength: 1, maxLength: 128 });

/** The id of a model: its own name, not that of its file. */
export const ModelId = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
  description: 'lower-case letters, digits and hyphens, at most 63 characters',
});
export type ModelId = Static<typeof ModelId>;

/** How a picture becomes the one float32 tensor a model reads. */
export const ModelInput = closed({
  name: tensorName,
  width: side,
  height: side,
  layout: Type.Union([Type.Literal('nchw'), Type.Literal('nhwc')]),
  pixel: Type.Union([Type.Literal('bgr'), Type.Literal('rgb')]),
  /** `letterbox`: shape kept, picture at the top left, the rest filled with `pad`. `stretch`: shape not kept. */
  fit: Type.Union([Type.Literal('letterbox'), Type.Literal('stretch')]),
  /** What a byte 0–255 is multiplied by: 1 for raw bytes, 1/255 for 0–1. */
  scale: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
  /** The byte that fills what a letterboxed picture leaves empty; unused when stretched. */
  pad: Type.Integer({ minimum: 0, maximum: 255 }),
});
export type ModelInput = Static<typeof ModelInput>;

/** The detection decoders that exist. An output that none of them reads is refused, whatever it is called. */
export const decoders = ['yolox', 'yolox-best', 'centernet'] as const;
export const Decoder = Type.Enum(decoders);
export type Decoder = (typeof decoders)[number];

/** One float32 output tensor. */
export const ModelTensor = closed({
  name: tensorName,
  shape: Type.Array(Type.Integer({ minimum: 1, maximum: 10_000_000 }), { minItems: 1, maxItems: 5 }),
});
export type ModelTensor = Static<typeof ModelTensor>;

/**
 * What a model answers. The tensors stand in the decoder's order: `yolox` one of `[1, cells, 5 + classes]`
 * over the strides in turn, row-major; `yolox-best` one of `[1, cells, 7]` over the same cells: box, objectness, best
 * score and the number of the best class; `centernet` the heatmap `[1, classes, h, w]` (already sigmoid), then the
 * distances `[1, 4, h, w]` in input pixels from a cell's corner to left, top, right and bottom.
 */
export const ModelOutput = closed({
  decoder: Decoder,
  tensors: Type.Array(ModelTensor, { minItems: 1, maxItems: 2 }),
  strides: Type.Array(Type.Integer({ minimum: 1, maximum: 128 }), { minItems: 1, maxItems: 5 }),
  /** The score that a confident detection of this model reaches: the best F1 on the footage it was measured with. */
  confidentScore: Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }),
});
export type ModelOutput = Static<typeof ModelOutput>;

/** What a detector must know about a model to run it. */
export const ModelCard = closed({
  id: ModelId,
  title: Type.String({ minLength: 1, maxLength: 128 }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'sha256 of the model file, in hex' }),
  input: ModelInput,
  output: ModelOutput,
  /** By class index: the label it is reported under, or null for a class that is never reported. */
  labels: Type.Array(Type.Union([Label, Type.Null()]), { minItems: 1, maxItems: 1000 }),
});
export type ModelCard = Static<typeof ModelCard>;
