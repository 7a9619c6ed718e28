import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;

/** A tensor at the border of a graph. A size of 0 is one that is only known at run time. */
export interface BorderTensor {
  name: string;
  shape: readonly number[];
  isFloat32: boolean;
}

/** What an ONNX file says about itself without being run. */
export interface OnnxInterface {
  inputs: readonly BorderTensor[];
  outputs: readonly BorderTensor[];
  /** Whether numbers of it lie in another file, which no checksum here would cover. */
  hasExternalData: boolean;
  /** Metadata that exporters write, such as class names and the task. */
  metadata: ReadonlyMap<string, string>;
}

type ValueInfo = Parameters<typeof onnx.ValueInfoProto.create>[0];

/** Reads an ONNX file's border. Throws whatever the protobuf reader throws when the bytes are not one. */
export const readOnnxInterface = (bytes: Uint8Array): OnnxInterface => {
  const { graph, metadataProps } = onnx.ModelProto.decode(bytes);
  const constants = graph?.initializer ?? [];
  // Before IR version 4 a constant was listed as an input too.
  const constantNames = new Set(constants.map(({ name }) => name));
  return {
    inputs: (graph?.input ?? []).map(toBorderTensor).filter(({ name }) => !constantNames.has(name)),
    outputs: (graph?.output ?? []).map(toBorderTensor),
    hasExternalData: constants.some(
      ({ dataLocation, externalData }) =>
        dataLocation === onnx.TensorProto.DataLocation.EXTERNAL || (externalData?.length ?? 0) > 0,
    ),
    metadata: new Map(metadataProps.map(({ key, value }) => [key ?? '', value ?? ''])),
  };
};

const toBorderTensor = (info: ValueInfo): BorderTensor => {
  const tensor = info?.type?.tensorType;
  return {
    name: info?.name ?? '',
    shape: (tensor?.shape?.dim ?? []).map(({ dimValue }) => Number(dimValue ?? 0)),
    isFloat32: tensor?.elemType === onnx.TensorProto.DataType.FLOAT,
  };
};
