import { render } from 'preact';
import './theme/tokens.css';
import './theme/base.css';
import './theme/parts.css';
import './theme/shell.css';
import { App } from './app.tsx';
import { followTheme } from './theme/theme.ts';
import { followLanguage } from './words/language.ts';
import { startTicking } from './words/site-time.ts';

const root = document.getElementById('console');
if (root) {
  followTheme();
  followLanguage();
  startTicking();
  render(<App />, root);
}
