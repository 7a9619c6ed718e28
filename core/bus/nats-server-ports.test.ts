import { describe, expect, it } from 'vitest';
import { parsePorts } from './nats-server-ports.ts';

describe('parsePorts', () => {
  it('takes the first client address', () => {
    expect(parsePorts('{"nats":["nats://127.0.0.1:41","nats://[::1]:41"],"monitoring":[]}')).toBe(
      'nats://127.0.0.1:41',
    );
  });

  it.each(['', '{"nats":["nats://127.', '[]', 'null', '7', '{}', '{"nats":[]}', '{"nats":[7]}'])(
    'finds none in %j',
    (text) => {
      expect(parsePorts(text)).toBeUndefined();
    },
  );
});
