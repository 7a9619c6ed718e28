import { render } from 'preact';
import { language } from '../../words/language.ts';
import { openAnswer } from './answer.ts';
import { createAnswerClient } from './answer-client.ts';
import { openDrafts } from './drafts.ts';
import { ResponderPage } from './page.tsx';
import { openPictureBox } from './picture-box.ts';
import './responder.css';

const root = document.getElementById('responder');
const token = location.pathname.split('/').at(-1) ?? '';
if (root) {
  const drafts = openDrafts(localStorage, token);
  language.value = drafts.language() ?? 'zh';
  const client = createAnswerClient(token);
  const answer = openAnswer({
    ...{ client, drafts, box: openPictureBox(token) },
    now: () => Date.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
  });
  render(<ResponderPage answer={answer} drafts={drafts} />, root);
  answer.start();
}
