import { word } from './words/words.ts';

/** The whole console: what every page has around it, and the page that the address names. */
export const App = () => (
  <main>
    <h1>{word('title')}</h1>
  </main>
);
