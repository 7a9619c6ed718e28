import { expect, test } from 'vitest';
import { toSignedHeaders } from './signature.ts';

test('signs as the Standard Webhooks specification shows', () => {
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}', at: 1_614_265_330_000 };

  expect(toSignedHeaders(message, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toEqual({
    'webhook-id': message.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('takes any other secret as it is', () => {
  const message = { id: 'a', body: '{}', at: 0 };
  const signed = toSignedHeaders(message, 'one')['webhook-signature'];

  expect(toSignedHeaders(message, 'two')['webhook-signature']).not.toBe(signed);
  expect(toSignedHeaders({ ...message, at: 1000 }, 'one')['webhook-signature']).not.toBe(signed);
  expect(toSignedHeaders({ ...message, body: '{ }' }, 'one')['webhook-signature']).not.toBe(signed);
});
