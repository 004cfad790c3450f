import { IconBuilding, IconKey, IconMail, IconUser, IconUsers } from '@tabler/icons-react';
import { Link, Outlet } from '@tanstack/react-router';
import '../styles/fields';
import '../styles/settings.css';
import { useSession } from '../api/session';
import { Offline } from '../parts/Offline';
import { paths } from '../paths';
import { t } from '../words/words';

const icon = { size: 17, stroke: 1.7, 'aria-hidden': true } as const;

/** Settings: what there is depends on what the role may see. */
export default function Settings() {
  const { role } = useSession().agent;
  const places = [
    {
      to: paths.company,
      word: t('settings.company'),
      Icon: IconBuilding,
      for: 'owner agent auditor',
    },
    { to: paths.mail, word: t('settings.mail'), Icon: IconMail, for: 'owner auditor' },
    { to: paths.people, word: t('settings.people'), Icon: IconUsers, for: 'owner agent auditor' },
    { to: paths.apiKeys, word: t('settings.api_keys'), Icon: IconKey, for: 'owner auditor' },
  ].filter((place) => place.for.split(' ').includes(role));
  return (
    <main className="fill" id="main" tabIndex={-1}>
      <header className="bar">
        <h1 tabIndex={-1}>{t('settings.title')}</h1>
      </header>
      <Offline />
      <div className="two">
        <nav aria-label={t('settings.label')}>
          {places.length > 0 && <p className="nav-group">{t('settings.group_account')}</p>}
          {places.map(({ to, word, Icon }) => (
            <Link key={to} to={to} activeProps={{ 'aria-current': 'page' }}>
              <Icon {...icon} />
              {word}
            </Link>
          ))}
          <p className="nav-group">{t('settings.group_me')}</p>
          <Link to={paths.me} activeProps={{ 'aria-current': 'page' }}>
            <IconUser {...icon} />
            {t('settings.me')}
          </Link>
        </nav>
        <div className="scroll" tabIndex={-1}>
          <Outlet />
        </div>
      </div>
    </main>
  );
}
