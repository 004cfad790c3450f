import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '../api/client';
import { useSession } from '../api/session';
import { Avatar } from '../parts/Avatar';
import { Bad } from '../parts/Bad';
import { useTitle } from '../parts/title';
import { time } from '../words/format';
import { t } from '../words/words';
import { AgentActions } from './AgentActions';
import { Invitations } from './Invitations';
import { InviteDialog } from './InviteDialog';
import { allAgentsQuery } from './queries';
import { roles } from './roles';

type Agent = Schemas['Agent'];

export default function PeoplePage() {
  useTitle(t('settings.people'));
  const { role } = useSession().agent;
  const owner = role === 'owner';
  const [inviting, setInviting] = useState(false);
  const [archived, setArchived] = useState(false);
  const { data, error } = useQuery(allAgentsQuery);
  const agents = data?.filter(({ archived_at }) => archived || archived_at === null);
  const gone = data?.some(({ archived_at }) => archived_at !== null);
  return (
    <div className="sheet wide">
      <div className="block-head">
        <h2>{t('settings.people')}</h2>
        {owner && (
          <Button
            className="end"
            variant="primary"
            leftSection={<IconPlus size={15} stroke={2} aria-hidden />}
            onClick={() => setInviting(true)}
          >
            {t('settings.people_page.invite')}
          </Button>
        )}
      </div>
      <Bad error={error} title={t('problem.load_title')} />
      {agents && <Table agents={agents} owner={owner} />}
      {gone && (
        <Button size="xs" variant="quiet" onClick={() => setArchived(!archived)}>
          {archived
            ? t('settings.people_page.hide_archived')
            : t('settings.people_page.show_archived')}
        </Button>
      )}
      {(owner || role === 'auditor') && <Invitations owner={owner} />}
      <section className="block">
        <h3>{t('settings.people_page.roles_title')}</h3>
        <dl className="roles">
          {roles.map((at) => (
            <div key={at} className="fact">
              <dt>{t(`role.${at}`)}</dt>
              <dd>{t(`settings.people_page.role_more.${at}`)}</dd>
            </div>
          ))}
        </dl>
      </section>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </div>
  );
}

function Table({ agents, owner }: { agents: Agent[]; owner: boolean }) {
  const owners = agents.filter(({ role, archived_at }) => role === 'owner' && !archived_at).length;
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{t('settings.people_page.name')}</th>
          <th>{t('settings.people_page.email')}</th>
          <th>{t('settings.people_page.role')}</th>
          <th>{t('settings.people_page.since')}</th>
          {owner && (
            <th>
              <span className="vh">{t('more')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {agents.map((agent) => (
          <Row
            key={agent.id}
            agent={agent}
            owner={owner}
            last={agent.role === 'owner' && owners === 1}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row({ agent, owner, last }: { agent: Agent; owner: boolean; last: boolean }) {
  const me = useSession().agent.id === agent.id;
  return (
    <tr>
      <td>
        <span className="person">
          <Avatar name={agent.name} size={28} mute />
          <b>
            <bdi>{agent.name}</bdi>
            {me && <small> {t('settings.people_page.you')}</small>}
          </b>
        </span>
      </td>
      <td data-l={t('settings.people_page.email')}>
        <bdi dir="ltr">{agent.email}</bdi>
      </td>
      <td data-l={t('settings.people_page.role')}>{t(`role.${agent.role}`)}</td>
      <td data-l={t('settings.people_page.since')} className="nowrap">
        {agent.archived_at
          ? t('settings.people_page.archived_on', { time: time(agent.archived_at) })
          : time(agent.created_at)}
      </td>
      {owner && (
        <td className="acts">{!agent.archived_at && <AgentActions agent={agent} last={last} />}</td>
      )}
    </tr>
  );
}
