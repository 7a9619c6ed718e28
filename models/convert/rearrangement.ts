import { inputOf, type Operator, scalarOf, unsupported, weightOf } from './conversion.ts';

/** `Mean` over height and width, which is the only mean a picture network of this kind takes. */
export const globalMean: Operator = (node, conversion) => {
  const axes = [...weightOf(node, 1, conversion).data].sort().join();
  const isKept = node.attributes.get('keep_dims')?.b === true;
  if (axes !== '1,2' || !isKept)
    throw unsupported(node, `a mean over axes ${axes}${isKept ? '' : ' that drops them'}`);
  const { name, shape } = conversion.tensor(inputOf(node, 0));
  return { name: conversion.writer.add('GlobalAveragePool', node.name, [name]), shape: [1, shape[1], 1, 1] };
};

/** `ResizeBilinear` with TensorFlow 1's corner rule (neither aligned corners nor half pixels): ONNX's `asymmetric`. */
export const resizeBilinear: Operator = (node, conversion) => {
  const { writer } = conversion;
  for (const rule of ['align_corners', 'half_pixel_centers']) {
    if (node.attributes.get(rule)?.b === true) throw unsupported(node, rule);
  }
  const [height = 0, width = 0] = weightOf(node, 1, conversion).data;
  const { name, shape } = conversion.tensor(inputOf(node, 0));
  const scales = writer.constant(
    `${node.name}/scales`,
    [4],
    Float32Array.of(1, 1, height / shape[2], width / shape[3]),
  );
  // The empty name is the region of interest, which only another mode reads.
  const resized = writer.add('Resize', node.name, [name, '', scales], {
    mode: 'linear',
    coordinate_transformation_mode: 'asymmetric',
  });
  return { name: resized, shape: [1, shape[1], height, width] };
};

/** `ConcatV2` along the channels: axis 3 in NHWC, 1 in NCHW. */
export const concatenation: Operator = (node, conversion) => {
  const axis = scalarOf(inputOf(node, node.inputs.length - 1), conversion.graph);
  if (axis !== 3 && axis !== -1) throw unsupported(node, `joining along axis ${axis}`);
  const parts = node.inputs.slice(0, -1).map((input) => conversion.tensor(input));
  const [first] = parts;
  if (!first || parts.some(({ shape }) => shape[2] !== first.shape[2] || shape[3] !== first.shape[3]))
    throw unsupported(node, 'joining pictures of different sizes');
  const channels = parts.reduce((sum, { shape }) => sum + shape[1], 0);
  const joined = conversion.writer.add(
    'Concat',
    node.name,
    parts.map(({ name }) => name),
    { axis: 1 },
  );
  return { name: joined, shape: [1, channels, first.shape[2], first.shape[3]] };
};
