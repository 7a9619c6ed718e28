import { useLocation } from 'preact-iso';
import { may } from '../http/session-state.ts';
import { Icon } from '../parts/icon.tsx';
import { pages } from './pages.ts';
import { word } from './words.ts';

/** The pages that whoever is signed in may open. */
export const Navigation = () => {
  const { path } = useLocation();
  return (
    <nav class="navigation" aria-label={word('pages')}>
      {pages
        .filter(({ rights }) => rights.some(may))
        .map(({ name, path: address, icon }) => (
          <a key={name} href={address} aria-current={path === address ? 'page' : undefined}>
            <Icon name={icon} />
            <span>{word(name)}</span>
          </a>
        ))}
    </nav>
  );
};
