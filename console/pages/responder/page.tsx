import { useEffect, useState } from 'preact/hooks';
import { kindWord, severityWord } from '../../words/alert-terms.ts';
import { language } from '../../words/language.ts';
import type { OpenAnswer } from './answer.ts';
import type { AnswerData } from './answer-client.ts';
import { DoneWords } from './done-words.tsx';
import type { Drafts } from './drafts.ts';
import { NextStep } from './next-step.tsx';
import { Pictures } from './pictures.tsx';
import { clock } from './time.ts';
import { say } from './words.ts';

interface PageProps {
  answer: OpenAnswer;
  drafts: Drafts;
}

/** The whole page: what it is about, where, and the one thing that comes next under the thumb. */
export const ResponderPage = ({ answer, drafts }: PageProps) => {
  useEffect(() => {
    const wake = (): void => answer.wake();
    const lose = (): void => answer.lose();
    if (!navigator.onLine) lose();
    window.addEventListener('offline', lose);
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      window.removeEventListener('offline', lose);
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [answer]);
  const { data, problem, offlineSince } = answer;
  const told = data.value;
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  return (
    <>
      <TopBar drafts={drafts} />
      {offlineSince.value !== undefined && (
        <p class="offline" role="status">
          {say('offline', { time: clock(offlineSince.value) })}
        </p>
      )}
      {problem.value ? (
        <Ending title={say(problem.value)} more={say(`${problem.value}More`)} />
      ) : told === undefined ? (
        <Opening answer={answer} />
      ) : told.state === 'resolved' ? (
        <Ending title={say('thanks')} more={say('thanksMore')} />
      ) : (
        <Task answer={answer} drafts={drafts} told={told} />
      )}
    </>
  );
};

/** Nothing is known of the task yet: it is on its way, or cannot be had over this line. */
const Opening = ({ answer: { offlineSince, wake } }: { answer: OpenAnswer }) =>
  offlineSince.value === undefined ? (
    <Ending title={say('loading')} more="" />
  ) : (
    <main class="ending">
      <h1>{say('notOpened')}</h1>
      <p>{say('notOpenedMore')}</p>
      <button type="button" onClick={wake}>
        {say('openAgain')}
      </button>
    </main>
  );

const TopBar = ({ drafts }: { drafts: Drafts }) => (
  <header>
    <strong>{say('title')}</strong>
    <button
      type="button"
      class="quiet"
      onClick={() => {
        language.value = language.value === 'zh' ? 'en' : 'zh';
        drafts.keepLanguage(language.value);
      }}
    >
      {language.value === 'zh' ? 'English' : '中文'}
    </button>
  </header>
);

const Ending = ({ title, more }: { title: string; more: string }) => (
  <main class="ending">
    <div role="status">
      <h1>{title}</h1>
      <p>{more}</p>
    </div>
  </main>
);

const placeOf = ({ placeName, placeNameEn = placeName }: AnswerData): string =>
  language.value === 'en' ? placeNameEn : placeName;

const Task = ({ answer, drafts, told }: PageProps & { told: AnswerData }) => {
  const [why, setWhy] = useState(drafts.why());
  const change = (text: string): void => {
    setWhy(text);
    drafts.keepWhy(text);
  };
  return (
    <main>
      <p class={`severity ${told.severity}`}>{severityWord(told.severity)}</p>
      <h1>{kindWord(told.kind)}</h1>
      <p class="where">
        {placeOf(told)}
        <br />
        {told.cameraName}
      </p>
      <p>{told.scenarioName}</p>
      <p>{say('raisedAt', { time: clock(told.raisedAt) })}</p>
      {told.mapUrl ? (
        <a class="button" href={told.mapUrl}>
          {say('map')}
          <small>{told.mapUrl.slice('geo:'.length).split('?')[0]}</small>
        </a>
      ) : (
        <p>{say('noMap')}</p>
      )}
      <Spot answer={answer} told={told} />
      <Pictures answer={answer} told={told} when="before" />
      <Pictures answer={answer} told={told} when="after" />
      {told.next[0] === 'done' && <DoneWords why={why} onChange={change} />}
      <p>{say('goodUntil', { time: clock(told.expiresAt) })}</p>
      <NextStep answer={answer} told={told} why={why} />
    </main>
  );
};

const Spot = ({ answer: { picture }, told }: { answer: OpenAnswer; told: AnswerData }) => {
  const [url, setUrl] = useState<string>();
  const bytes = picture.value;
  useEffect(() => {
    if (!bytes) return undefined;
    const made = URL.createObjectURL(bytes);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes]);
  if (!told.hasPicture) return <p>{say('noPicture')}</p>;
  return (
    <figure>
      {url ? <img src={url} alt={say('picture')} /> : <div class="blank" />}
      <figcaption>{say('picture')}</figcaption>
    </figure>
  );
};
