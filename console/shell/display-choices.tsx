import { Choice } from '../parts/choice.tsx';
import { theme } from '../theme/theme.ts';
import { language } from '../words/language.ts';
import { word } from './words.ts';

/** What the screen speaks, and how bright it is. */
export const DisplayChoices = () => (
  <div class="stack">
    <Choice
      label={word('languageLabel')}
      value={language.value}
      options={[
        { value: 'zh', label: '中文' },
        { value: 'en', label: 'English' },
      ]}
      onChoose={(value) => {
        language.value = value;
      }}
    />
    <Choice
      label={word('themeLabel')}
      value={theme.value}
      options={[
        { value: 'dark', label: word('dark') },
        { value: 'light', label: word('light') },
        { value: 'system', label: word('asSystem') },
      ]}
      onChoose={(value) => {
        theme.value = value;
      }}
    />
  </div>
);
