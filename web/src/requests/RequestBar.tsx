import {
  IconArrowLeft,
  IconCheck,
  IconChevronDown,
  IconCopy,
  IconDots,
  IconLink,
  IconUserOff,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { agentsQuery } from '../api/catalogue';
import { canWork } from '../api/session';
import { Avatar } from '../parts/Avatar';
import { Dropdown, type Entry } from '../parts/Dropdown';
import { useKeys } from '../parts/keyboard';
import { say } from '../parts/toast';
import { paths } from '../paths';
import { t } from '../words/words';
import { useAssign } from './assign';
import { EndDialog } from './EndDialog';
import type { Request } from './queries';

/** Above a request: which one it is, who takes care of it, and what is rarely needed. */
export function RequestBar({ request, works }: { request: Request; works: boolean }) {
  const filters = useSearch({ from: '/shell/requests/$id' });
  return (
    <header className="bar thin">
      <Link className="back" to={paths.requests} search={filters} aria-label={t('request.back')}>
        <IconArrowLeft size={18} stroke={1.8} className="flip" aria-hidden />
      </Link>
      <bdi dir="ltr" className="mono dim nowrap">
        {request.reference}
      </bdi>
      <span className="dim cut hide-s">{t(`type.${request.type}`)}</span>
      <span className="row end">
        {works && request.stage !== 'closed' ? (
          <Assignee request={request} />
        ) : (
          <span className="assignee">
            <Avatar name={request.assignee?.name} size={22} mute />
            <bdi className="name">{request.assignee?.name ?? t('assignee.nobody')}</bdi>
          </span>
        )}
        <More request={request} works={works} />
      </span>
    </header>
  );
}

function Assignee({ request }: { request: Request }) {
  const agents = (useQuery(agentsQuery).data ?? []).filter(({ role }) => canWork(role));
  const assign = useAssign();
  const button = useRef<HTMLButtonElement>(null);
  useKeys({ a: () => button.current?.click() });
  const chosen = (id: string | undefined) =>
    id === request.assignee?.id ? <IconCheck size={15} aria-label={t('chosen')} /> : undefined;
  const entries: Entry[] = agents.map(({ id, name }) => ({
    key: id,
    word: <bdi>{name}</bdi>,
    icon: <Avatar name={name} size={20} mute />,
    end: chosen(id),
    run: () => assign(request, { id, name }),
  }));
  const nobody: Entry = {
    key: 'nobody',
    word: t('assignee.nobody'),
    icon: <IconUserOff size={16} aria-hidden />,
    end: chosen(undefined),
    run: () => assign(request, null),
  };
  return (
    <Dropdown
      className="assignee"
      position="bottom-end"
      button={button}
      sections={[{ entries }, { entries: [nobody] }]}
    >
      <span className="vh">{t('request.assigned_to')}</span>
      <Avatar name={request.assignee?.name} size={22} mute />
      <bdi className="name cut">{request.assignee?.name ?? t('assignee.nobody')}</bdi>
      <IconChevronDown size={13} stroke={2} aria-hidden />
    </Dropdown>
  );
}

function More({ request, works }: { request: Request; works: boolean }) {
  const [ending, setEnding] = useState(false);
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    say(t('request.menu.copied'));
  };
  const closed = request.stage === 'closed';
  const end: Entry = {
    key: 'end',
    word: t('request.end.menu'),
    tone: closed ? undefined : 'bad',
    why: closed ? t('request.menu.end_closed') : undefined,
    run: () => setEnding(true),
  };
  const entries: Entry[] = [
    {
      key: 'reference',
      word: t('request.menu.copy_reference'),
      icon: <IconCopy size={16} aria-hidden />,
      run: () => void copy(request.reference),
    },
    {
      key: 'link',
      word: t('request.menu.copy_link'),
      icon: <IconLink size={16} aria-hidden />,
      run: () => void copy(`${location.origin}${location.pathname}`),
    },
  ];
  return (
    <>
      <Dropdown
        className="icon-btn"
        label={t('more')}
        position="bottom-end"
        width={250}
        sections={works ? [{ entries }, { entries: [end] }] : [{ entries }]}
      >
        <IconDots size={18} aria-hidden />
      </Dropdown>
      {ending && <EndDialog request={request} onClose={() => setEnding(false)} />}
    </>
  );
}
