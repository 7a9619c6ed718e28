import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;
const { AttributeType } = onnx.AttributeProto;

/** Opset 14 is the first with HardSwish; IR version 7 came with it. */
const opset = 14;
const irVersion = 7;

export type AttributeValue = number | readonly number[] | string | { float: number };

export interface NamedShape {
  name: string;
  shape: readonly number[];
}

/** Collects the nodes and constants of one ONNX graph, in the order in which they must run. */
export class OnnxWriter {
  readonly #nodes: InstanceType<typeof onnx.NodeProto>[] = [];
  readonly #constants: InstanceType<typeof onnx.TensorProto>[] = [];

  /** Adds a node with one output, which carries the node's name, and returns that name. */
  add(
    opType: string,
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    const attribute = Object.entries(attributes).map(([key, value]) => toAttribute(key, value));
    this.#nodes.push(onnx.NodeProto.create({ opType, name, input: [...inputs], output: [name], attribute }));
    return name;
  }

  /** Adds a float32 constant and returns its name. */
  constant(name: string, dims: readonly number[], data: Float32Array): string {
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const dataType = onnx.TensorProto.DataType.FLOAT;
    this.#constants.push(onnx.TensorProto.create({ name, dims: [...dims], dataType, rawData }));
    return name;
  }

  /** Gives a tensor another name wherever it is written or read. */
  rename(from: string, to: string): void {
    const renamed = (name: string): string => (name === from ? to : name);
    for (const node of this.#nodes) {
      node.input = node.input.map(renamed);
      node.output = node.output.map(renamed);
    }
  }

  /** The bytes of the model: the same for the same calls, on every machine. */
  encode(input: NamedShape, outputs: readonly NamedShape[]): Uint8Array {
    const model = onnx.ModelProto.create({
      irVersion,
      producerName: 'xueliang',
      opsetImport: [{ domain: '', version: opset }],
      graph: {
        name: 'graph',
        node: this.#nodes,
        initializer: this.#constants,
        input: [toValueInfo(input)],
        output: outputs.map(toValueInfo),
      },
    });
    return onnx.ModelProto.encode(model).finish();
  }
}

const toAttribute = (name: string, value: AttributeValue) => {
  if (typeof value === 'string')
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: [...value] };
};

const toValueInfo = ({ name, shape }: NamedShape) => ({
  name,
  type: {
    tensorType: {
      elemType: onnx.TensorProto.DataType.FLOAT,
      shape: { dim: shape.map((dimValue) => ({ dimValue })) },
    },
  },
});
