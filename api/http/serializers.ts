import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';

type BuildSerializer = ReturnType<typeof SerializerSelector>;
type Serializer = ReturnType<ReturnType<BuildSerializer>>;

const buildUsual = SerializerSelector();
/** By the text of a schema. What it refers to is the same in every API of a process. */
const built = new Map<string, Serializer>();

/**
 * Fastify's own serializers, each built once: it would build that of the error body for every status of every route,
 * which takes a second and a half.
 */
export const buildSerializer: BuildSerializer = (...surroundings) => {
  const compile = buildUsual(...surroundings);
  return (route) => {
    const key = JSON.stringify(route.schema);
    const serializer = built.get(key) ?? compile(route);
    built.set(key, serializer);
    return serializer;
  };
};
