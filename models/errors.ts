import { defineErrors } from '../core/errors.ts';

/** What can go wrong between a model's name and its checked file. */
export const modelError = defineErrors({
  /** No card of that id. */
  'model-unknown': 'invalid',
  /** A card that cannot be read, or that contradicts itself. */
  'model-card-invalid': 'invalid',
  /** A model that names what the law and this product's limits exclude. */
  'model-refused': 'forbidden',
  /** A model file whose tensors are not those of its card. */
  'model-shape-wrong': 'invalid',
  /** A file whose bytes are not those of its card. */
  'model-altered': 'corrupt',
  /** Nowhere to be had: not in the cache, in no source, not upstream. */
  'model-unobtainable': 'unavailable',
  /** An entry of the model sources that is neither a folder nor a URL prefix. */
  'model-source-invalid': 'invalid',
  /** A source that does not have the file, or cannot be read. */
  'model-source-failed': 'unavailable',
  /** A source that did not answer in time. */
  'model-source-timeout': 'timeout',
  /** A graph that the converter does not know how to write. */
  'model-conversion-unsupported': 'invalid',
});
