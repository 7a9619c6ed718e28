import { writeFile } from 'node:fs/promises';
import { publishedSchemas, toPublished } from './published-schemas.ts';

// A script, for `npm run schemas`; nothing imports it.
for (const [name, schema] of publishedSchemas) {
  const file = new URL(`../../docs/integration/schemas/${name}.json`, import.meta.url);
  await writeFile(file, `${JSON.stringify(toPublished(name, schema), null, 2)}\n`);
}
