import { signOut } from '../http/session.ts';
import { signedIn } from '../http/session-state.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu } from '../parts/menu.tsx';
import { tellFailure } from '../parts/toast.tsx';
import { groundWords } from '../words/place-words.ts';
import { DisplayChoices } from './display-choices.tsx';
import { word } from './words.ts';

/** Who is signed in, for which ground, how they want the screen, and the way out. */
export const Account = () => {
  const who = signedIn.value;
  if (!who) return null;
  const name = who.isOpen ? word('openSite') : who.id;
  const ground = groundWords(who.ground, word('wholeSite'));
  const leave = (): void => {
    signOut().catch((failure: unknown) => tellFailure(failure));
  };
  return (
    <Menu
      title={word('settings')}
      label={
        <>
          <Icon name="person" />
          <span>{name}</span>
          <span class="muted">{ground}</span>
        </>
      }
    >
      <div class="stack">
        <p>
          {word('signedInAs')} <strong>{name}</strong>
        </p>
        <p>
          {word('ground')} <strong>{ground}</strong>
        </p>
        <DisplayChoices />
        {!who.isOpen && <Button onClick={leave}>{word('signOut')}</Button>}
      </div>
    </Menu>
  );
};
