import { useMantineColorScheme } from '@mantine/core';
import {
  IconCheck,
  IconCommand,
  IconDeviceDesktop,
  IconFileText,
  IconInbox,
  IconLogout,
  IconMoon,
  IconSettings,
  IconSun,
  IconSwitchHorizontal,
  IconUser,
} from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { canSeeRequests, useSession, useSignOut } from '../api/session';
import { paths } from '../paths';
import { t } from '../words/words';
import { Avatar } from './Avatar';
import { Dropdown, type Entry, type Section } from './Dropdown';
import { Mark } from './Mark';

const icon = { size: 20, stroke: 1.6, 'aria-hidden': true } as const;
const small = { size: 16, stroke: 1.8, 'aria-hidden': true } as const;

export function Rail({ onPalette }: { onPalette: () => void }) {
  const { account, agent } = useSession();
  const places = [
    { to: paths.requests, word: t('nav.requests'), Icon: IconInbox },
    { to: paths.templates, word: t('nav.templates'), Icon: IconFileText },
    { to: paths.settings, word: t('nav.settings'), Icon: IconSettings },
  ];
  const open = canSeeRequests(agent.role) ? places : places.slice(2);
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      <Link
        className="rail-mark"
        to={paths.home}
        aria-label={t('nav.home', { account: account.name })}
      >
        <Mark size={28} />
      </Link>
      {open.map(({ to, word, Icon }) => (
        <Link key={to} className="rail-item" to={to} activeProps={{ 'aria-current': 'page' }}>
          <Icon {...icon} />
          <span>{word}</span>
        </Link>
      ))}
      <div className="rail-end">
        <button
          type="button"
          className="icon-btn"
          aria-label={t('nav.open_commands')}
          title={t('nav.open_commands')}
          onClick={onPalette}
        >
          <IconCommand size={18} stroke={1.6} aria-hidden />
        </button>
        <Me />
      </div>
    </nav>
  );
}

const schemes = [
  { key: 'auto', Icon: IconDeviceDesktop },
  { key: 'light', Icon: IconSun },
  { key: 'dark', Icon: IconMoon },
] as const;

function useAppearance(): Section {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return {
    label: t('nav.appearance'),
    entries: schemes.map(({ key, Icon }) => ({
      key,
      word: t(`nav.${key}`),
      icon: <Icon {...small} />,
      end: colorScheme === key ? <IconCheck size={15} aria-label={t('chosen')} /> : undefined,
      run: () => setColorScheme(key),
    })),
  };
}

function Me() {
  const { account, accounts, agent } = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const appearance = useAppearance();
  const entries: Entry[] = [
    {
      key: 'me',
      word: t('nav.account'),
      icon: <IconUser {...small} />,
      run: () => void navigate({ to: paths.me }),
    },
  ];
  if (accounts.length > 1) {
    entries.push({
      key: 'accounts',
      word: t('nav.switch'),
      icon: <IconSwitchHorizontal {...small} />,
      run: () => void navigate({ to: paths.accounts }),
    });
  }
  const out: Entry = {
    key: 'out',
    word: t('nav.sign_out'),
    icon: <IconLogout {...small} className="flip" />,
    run: () => void signOut(),
  };
  const own = { label: `${agent.name} · ${account.name}`, entries };
  return (
    <Dropdown
      className="me"
      sections={[own, appearance, { entries: [out] }]}
      position="right-end"
      width={240}
      label={t('nav.me', { name: agent.name })}
    >
      <Avatar name={agent.name} size={30} mute />
    </Dropdown>
  );
}
