import type { ModelCard } from '../core/schema/model-card.ts';
import { excludedMeaning } from './allow-list.ts';
import { decoderShapes, formatShape, isSameShape } from './decoder-shape.ts';
import { modelError } from './errors.ts';

/** Throws unless the law allows what a card declares and its outputs are exactly what its decoder reads. */
export const checkCard = (card: ModelCard, classNames: readonly string[], where: string): void => {
  requireAllowedNames(where, 'class', classNames);
  requireAllowedNames(where, 'tensor', [card.input.name, ...card.output.tensors.map(({ name }) => name)]);
  requireAllowedNames(where, 'title', [card.title, card.id]);
  if (new Set(classNames).size !== classNames.length)
    throw invalid(where, 'two of its classes have the same name');
  if (card.labels.every((label) => label === null))
    throw invalid(where, 'none of its classes is one that this product reports');
  requireDecoderShapes(card, where);
};

/** Throws `model-refused` when a name speaks of what no model here may know. */
export const requireAllowedNames = (where: string, what: string, names: readonly string[]): void => {
  for (const name of names) {
    const meaning = excludedMeaning(name);
    if (meaning === undefined) continue;
    throw modelError(
      'model-refused',
      `${where}: the ${what} '${name}' speaks of ${meaning}; such a model is never run here, take it out of the sources`,
      { name, meaning },
    );
  }
};

const requireDecoderShapes = ({ input, output, labels }: ModelCard, where: string): void => {
  if (output.strides.some((stride) => input.width % stride !== 0 || input.height % stride !== 0))
    throw invalid(
      where,
      `${input.width}×${input.height} is not a multiple of the strides ${output.strides.join(', ')}`,
    );
  const expected = decoderShapes(input, output, labels.length);
  const declared = output.tensors.map(({ shape }) => shape);
  const isExact =
    expected.length === declared.length &&
    expected.every((shape, index) => isSameShape(shape, declared[index] ?? []));
  if (isExact) return;
  throw modelError(
    'model-refused',
    `${where}: the decoder ${output.decoder} reads ${expected.map(formatShape).join(' and ')}, ` +
      `the card has ${declared.map(formatShape).join(' and ')}; an output that no decoder reads is refused`,
    { expected, declared },
  );
};

const invalid = (where: string, what: string) => modelError('model-card-invalid', `${where}: ${what}`);
