import { Button } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { useSession } from '../api/session';
import { Avatar } from '../parts/Avatar';
import { Bad, wordsFor } from '../parts/Bad';
import { Dropdown } from '../parts/Dropdown';
import { useTitle } from '../parts/title';
import { say } from '../parts/toast';
import { time } from '../words/format';
import { t } from '../words/words';
import { ArchiveDialog } from './ArchiveDialog';
import { Invitations } from './Invitations';
import { InviteDialog } from './InviteDialog';
import { allAgentsQuery } from './queries';

type Agent = Schemas['Agent'];
export const roles: Schemas['Role'][] = ['owner', 'agent', 'technician', 'auditor'];

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
          {archived ? t('settings.people_page.hide_archived') : t('settings.people_page.show_archived')}
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
        <td className="acts">
          {!agent.archived_at && <Actions agent={agent} last={last} />}
        </td>
      )}
    </tr>
  );
}

function Actions({ agent, last }: { agent: Agent; last: boolean }) {
  const queries = useQueryClient();
  const [archiving, setArchiving] = useState(false);
  const again = () => queries.invalidateQueries({ queryKey: keys.agents });
  const { mutate } = useMutation({
    mutationFn: (role: Agent['role']) =>
      body(
        api.PUT('/api/v1/agents/{id}', {
          params: { path: { id: agent.id }, header: { 'If-Match': `"${agent.version}"` } },
          body: { role },
        }),
      ),
    onSuccess: ({ name, role }) =>
      say(t('settings.people_page.role_changed', { name, role: t(`role.${role}`) })),
    onError: (error) => say(wordsFor(error)),
    onSettled: again,
  });
  const why = last ? t('settings.people_page.last_owner') : undefined;
  return (
    <>
      <Dropdown
        className="icon-btn"
        label={t('settings.people_page.actions', { name: agent.name })}
        position="bottom-end"
        width={last ? 340 : 220}
        sections={[
          {
            entries: roles
              .filter((role) => role !== agent.role)
              .map((role) => ({
                key: role,
                word: t('settings.people_page.make', { role: t(`role.${role}`) }),
                why,
                run: () => mutate(role),
              })),
          },
          {
            entries: [
              {
                key: 'archive',
                word: t('settings.people_page.archive'),
                tone: 'bad',
                why,
                run: () => setArchiving(true),
              },
            ],
          },
        ]}
      >
        <IconDots size={18} aria-hidden />
      </Dropdown>
      {archiving && (
        <ArchiveDialog
          title={t('settings.people_page.archive_title', { name: agent.name })}
          lead={t('settings.people_page.archive_lead')}
          keep={t('settings.people_page.archive_keep')}
          go={t('settings.people_page.archive_go')}
          busy={t('settings.people_page.archiving')}
          onClose={() => setArchiving(false)}
          send={() =>
            body(
              api.DELETE('/api/v1/agents/{id}', {
                params: { path: { id: agent.id }, header: { 'If-Match': `"${agent.version}"` } },
              }),
            )
          }
          onDone={again}
        />
      )}
    </>
  );
}
