import type { CameraView } from '../../../api/schema/camera-view.ts';
import { categoryWord, word } from './words.ts';

/** The camera's entry in the legal register. */
export const Register = ({ camera }: { camera: CameraView }) => {
  const { category, signPosted, filingNumber, owner, consent } = camera.register;
  const facts: [string, string][] = [
    [word('category'), categoryWord(category)],
    [word('sign'), word(signPosted ? 'signYes' : 'signNo')],
    [word('filing'), filingNumber],
    [word('owner'), owner],
    [word('gbCode'), camera.gbCode ?? '—'],
    [word('address'), camera.stream.address ?? '—'],
    ...(consent ? [[word('consent'), consent.reference] as [string, string]] : []),
  ];
  return (
    <section class="stack">
      <h3>{word('register')}</h3>
      <dl class="register">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
