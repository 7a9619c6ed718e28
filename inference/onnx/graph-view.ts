import type { onnx as Onnx } from 'onnx-proto';

/** TensorProto.DataType. */
export const float32 = 1;
export const uint8 = 2;
export const int64 = 7;
const int64Bytes = 8;

/** The nodes and constants of a graph by the names of what they give. */
export class GraphView {
  readonly #nodes: ReadonlyMap<string, Onnx.INodeProto>;
  readonly #constants: ReadonlyMap<string, Onnx.ITensorProto>;

  constructor({ node, initializer }: Onnx.IGraphProto) {
    this.#nodes = new Map((node ?? []).flatMap((each) => (each.output ?? []).map((name) => [name, each])));
    this.#constants = new Map((initializer ?? []).map((tensor) => [tensor.name ?? '', tensor]));
  }

  /** The node of that kind whose result has this name. */
  nodeOf(name: string | undefined, opType: string): Onnx.INodeProto | undefined {
    const node = this.#nodes.get(name ?? '');
    return node?.opType === opType ? node : undefined;
  }

  constant(name: string | undefined): Onnx.ITensorProto | undefined {
    return this.#constants.get(name ?? '');
  }

  /** A constant whole number. */
  integer(name: string | undefined): number | undefined {
    const [value, ...others] = this.integers(name);
    return others.length === 0 ? value : undefined;
  }

  /** Constant whole numbers; none for anything else. */
  integers(name: string | undefined): number[] {
    const { rawData, dataType } = this.constant(name) ?? {};
    if (!rawData || dataType !== int64) return [];
    const bytes = Buffer.from(rawData);
    return Array.from({ length: bytes.length / int64Bytes }, (_, at) =>
      Number(bytes.readBigInt64LE(at * int64Bytes)),
    );
  }
}

/** A number as the file has it: plain, or as an object of 64 bits. */
export const wholeOf = (value: number | { toString(): string } | null | undefined): number =>
  Number(value ?? Number.NaN);

/** A node's attribute of whole numbers, one or several; NaN when it has none of this name. */
export const integersOf = ({ attribute }: Onnx.INodeProto, name: string): number[] => {
  const found = attribute?.find((each) => each.name === name);
  return found?.ints?.length ? found.ints.map(wholeOf) : [wholeOf(found?.i)];
};
