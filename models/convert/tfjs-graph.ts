import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { modelError } from '../errors.ts';
import { fromHalfFloats } from './half-float.ts';

const Integers = Type.Array(Type.Union([Type.String({ pattern: '^-?\\d+$' }), Type.Integer()]));

/** The attribute kinds this converter reads; others may be there and are left alone. Strings are base64. */
const Attribute = Type.Object({
  s: Type.Optional(Type.String()),
  b: Type.Optional(Type.Boolean()),
  list: Type.Optional(
    Type.Object({ i: Type.Optional(Integers), s: Type.Optional(Type.Array(Type.String())) }),
  ),
});

const Node = Type.Object({
  name: Type.String(),
  op: Type.String(),
  input: Type.Optional(Type.Array(Type.String())),
  attr: Type.Optional(Type.Record(Type.String(), Attribute)),
});

const WeightSpec = Type.Object({
  name: Type.String(),
  shape: Type.Array(Type.Integer({ minimum: 0 }), { maxItems: 8 }),
  dtype: Type.Union([Type.Literal('float32'), Type.Literal('int32')]),
  quantization: Type.Optional(Type.Object({ dtype: Type.Literal('float16') })),
});
type WeightSpec = Static<typeof WeightSpec>;

/** A TensorFlow.js graph model as its converter writes it, as far as it is read here. */
const GraphModel = Type.Object({
  format: Type.Literal('graph-model'),
  modelTopology: Type.Object({ node: Type.Array(Node) }),
  weightsManifest: Type.Array(Type.Object({ weights: Type.Array(WeightSpec) }), { minItems: 1, maxItems: 1 }),
});
const graphModel = Compile(GraphModel);

export interface GraphNode {
  name: string;
  op: string;
  inputs: readonly string[];
  attributes: ReadonlyMap<string, Static<typeof Attribute>>;
}

export interface Weight {
  shape: readonly number[];
  data: Float32Array | Int32Array;
}

export interface TfjsGraph {
  nodes: ReadonlyMap<string, GraphNode>;
  weights: ReadonlyMap<string, Weight>;
}

/** Reads a TensorFlow.js graph model from its JSON text and its one file of weights (float32, float16, int32). */
export const parseTfjsGraph = (json: string, weightBytes: Uint8Array): TfjsGraph => {
  const model: unknown = JSON.parse(json);
  if (!graphModel.Check(model)) {
    const [first] = graphModel.Errors(model);
    throw modelError(
      'model-conversion-unsupported',
      `the file is not a tfjs graph model this converter reads: ${first?.instancePath} ${first?.message}`,
    );
  }
  const nodes = model.modelTopology.node.map(
    (node): GraphNode => ({
      name: node.name,
      op: node.op,
      // `^name` is a control dependency: it orders execution and carries no tensor.
      inputs: (node.input ?? []).filter((input) => !input.startsWith('^')),
      attributes: new Map(Object.entries(node.attr ?? {})),
    }),
  );
  const specs = model.weightsManifest.flatMap((group) => group.weights);
  return { nodes: new Map(nodes.map((node) => [node.name, node])), weights: readWeights(specs, weightBytes) };
};

const readWeights = (specs: readonly WeightSpec[], bytes: Uint8Array): Map<string, Weight> => {
  const weights = new Map<string, Weight>();
  let offset = 0;
  for (const spec of specs) {
    const count = spec.shape.reduce((product, size) => product * size, 1);
    const end = offset + count * (spec.quantization ? 2 : 4);
    if (end > bytes.byteLength) break;
    weights.set(spec.name, {
      shape: spec.shape,
      data: readNumbers(spec, new Uint8Array(bytes.subarray(offset, end))),
    });
    offset = end;
  }
  if (weights.size === specs.length && offset === bytes.byteLength) return weights;
  throw modelError(
    'model-conversion-unsupported',
    `the weights file has ${bytes.byteLength} bytes, which is not what its manifest of ${specs.length} weights says`,
  );
};

const readNumbers = (spec: WeightSpec, bytes: Uint8Array): Float32Array | Int32Array => {
  if (spec.quantization) return fromHalfFloats(bytes);
  return spec.dtype === 'int32' ? new Int32Array(bytes.buffer) : new Float32Array(bytes.buffer);
};
