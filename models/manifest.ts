import { type Static, type TProperties, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { closed } from '../core/schema/closed.ts';
import { Label } from '../core/schema/label.ts';
import { type ModelCard, ModelId, ModelInput, ModelOutput } from '../core/schema/model-card.ts';
import { toAllowedLabel } from './allow-list.ts';
import { checkCard } from './check-card.ts';
import { modelError } from './errors.ts';
import builtIn from './manifest.json' with { type: 'json' };

const text = Type.String({ minLength: 1, maxLength: 400 });
const httpsUrl = Type.String({ pattern: '^https://[^\\s@]+$', maxLength: 400 });

const checkedFile = {
  /** No model of this product is larger; what is larger is not read. */
  sizeBytes: Type.Integer({ minimum: 1, maximum: 256 * 1024 * 1024 }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
};
const PackageFile = closed({ path: Type.String({ pattern: '^[\\w-]+(/[\\w.-]+)+$' }), ...checkedFile });

/** A model that an npm package carries as a TensorFlow.js graph, and how to make it ours. */
const NpmBuild = closed({
  package: Type.String({ pattern: '^(@[a-z0-9-]+/)?[a-z0-9-]+$' }),
  version: Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' }),
  graph: PackageFile,
  weights: PackageFile,
  inputNode: text,
  /** In the order of the card's output tensors. */
  outputs: Type.Array(
    closed({ node: text, channels: Type.Optional(Type.Array(Type.Integer({ minimum: 0 }))) }),
  ),
});
export type NpmBuild = Static<typeof NpmBuild>;

const LabelTable = closed({
  /** The model's classes, by index. */
  names: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1, maxItems: 1000 }),
  /** Classes that are reported under another name than their own. */
  as: Type.Optional(Type.Record(Type.String(), Label)),
});
type LabelTable = Static<typeof LabelTable>;

const described = {
  id: ModelId,
  title: Type.String({ minLength: 1, maxLength: 128 }),
  project: httpsUrl,
  licence: text,
  fileName: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,120}\\.onnx$' }),
  ...checkedFile,
  input: ModelInput,
  output: ModelOutput,
  accuracy: Type.Array(closed({ dataset: text, metric: text, value: Type.Number(), condition: text })),
  cost: Type.Optional(closed({ ms: Type.Number({ exclusiveMinimum: 0 }), condition: text })),
  notes: Type.Array(text),
} satisfies TProperties;

const BuiltInCard = closed({
  ...described,
  labelSet: text,
  /** What `default` means, and what stands in for it. */
  role: Type.Optional(Type.Union([Type.Literal('recommended'), Type.Literal('fallback')])),
  /** The card whose network this is too, in another file: either does when the other is asked for. */
  variantOf: Type.Optional(ModelId),
  upstream: Type.Optional(httpsUrl),
  npm: Type.Optional(NpmBuild),
});
type BuiltInCard = Static<typeof BuiltInCard>;

/** The card of an operator's own model, beside its file in a source folder. */
const OwnCard = closed({ ...described, labels: LabelTable });
type OwnCard = Static<typeof OwnCard>;

const Manifest = closed({
  labelSets: Type.Record(Type.String(), LabelTable),
  models: Type.Array(BuiltInCard, { minItems: 1 }),
});

const manifestCheck = Compile(Manifest);
const ownCardCheck = Compile(OwnCard);

/** An operator's card as read, unchecked, and the file it was read from. */
export interface FoundCard {
  value: unknown;
  path: string;
}

/** A model that may be used: its card passed the law. */
export interface Model
  extends Omit<BuiltInCard, 'labelSet' | 'id' | 'title' | 'sha256' | 'input' | 'output'> {
  card: ModelCard;
  classNames: readonly string[];
  /** The operator's card file; absent for a built-in model. */
  ownCardPath?: string;
}

/**
 * The built-in models, then the operator's own. Every card passes the law: a class, tensor name or output that the
 * product excludes makes it throw `model-refused`; a card that contradicts itself, `model-card-invalid`.
 */
export const loadManifest = (ownCards: readonly FoundCard[] = []): readonly Model[] => {
  const models = [...readBuiltIn(), ...ownCards.map(readOwnCard)];
  for (const [index, { card, ownCardPath }] of models.entries()) {
    if (models.findIndex((other) => other.card.id === card.id) !== index)
      throw modelError(
        'model-card-invalid',
        `${ownCardPath ?? 'the manifest'}: there is already a model '${card.id}'; give this one another id`,
      );
  }
  return models;
};

const readBuiltIn = (): Model[] => {
  const manifest: unknown = builtIn;
  if (!manifestCheck.Check(manifest)) throw invalidCard('the manifest', manifestCheck.Errors(manifest));
  return manifest.models.map(({ labelSet, ...entry }) => {
    const table = Object.hasOwn(manifest.labelSets, labelSet) ? manifest.labelSets[labelSet] : undefined;
    if (!table)
      throw modelError('model-card-invalid', `model '${entry.id}': there is no label set '${labelSet}'`);
    return toModel(entry, table, undefined);
  });
};

const readOwnCard = ({ value, path }: FoundCard): Model => {
  if (!ownCardCheck.Check(value)) throw invalidCard(path, ownCardCheck.Errors(value));
  const { labels, ...entry }: OwnCard = value;
  return toModel(entry, labels, path);
};

const toModel = (
  { id, title, sha256, input, output, ...rest }: Omit<BuiltInCard, 'labelSet'>,
  { names, as = {} }: LabelTable,
  ownCardPath: string | undefined,
): Model => {
  const renamed = new Map(Object.entries(as));
  const labels = names.map((name) => renamed.get(name) ?? toAllowedLabel(name));
  const card: ModelCard = { id, title, sha256, input, output, labels };
  checkCard(card, names, ownCardPath ?? `model '${id}'`);
  return { ...rest, card, classNames: names, ...(ownCardPath === undefined ? {} : { ownCardPath }) };
};

const invalidCard = (where: string, errors: readonly { instancePath: string; message: string }[]) => {
  const list = errors
    .map(({ instancePath, message }) => `${instancePath || 'the card'} ${message}`)
    .join('; ');
  return modelError('model-card-invalid', `${where} is not a model card: ${list}`);
};
