import { IconDots } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { wordsFor } from '../parts/Bad';
import { Dropdown, type Entry } from '../parts/Dropdown';
import { say } from '../parts/toast';
import { t } from '../words/words';
import { ArchiveDialog } from './ArchiveDialog';
import { roles } from './roles';

type Agent = Schemas['Agent'];

const paramsOf = ({ id, version }: Agent) => ({
  path: { id },
  header: { 'If-Match': `"${version}"` },
});

function useRole(agent: Agent) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (role: Agent['role']) =>
      body(api.PUT('/api/v1/agents/{id}', { params: paramsOf(agent), body: { role } })),
    onSuccess: ({ name, role }) =>
      say(t('settings.people_page.role_changed', { name, role: t(`role.${role}`) })),
    onError: (error) => say(wordsFor(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.agents }),
  });
}

interface Props {
  agent: Agent;
  /** The last owner can be neither demoted nor archived. */
  last: boolean;
}

/** Another role, or archived. */
export function AgentActions({ agent, last }: Props) {
  const queries = useQueryClient();
  const [archiving, setArchiving] = useState(false);
  const { mutate } = useRole(agent);
  const why = last ? t('settings.people_page.last_owner') : undefined;
  const others: Entry[] = roles
    .filter((role) => role !== agent.role)
    .map((role) => ({
      key: role,
      word: t('settings.people_page.make', { role: t(`role.${role}`) }),
      why,
      run: () => mutate(role),
    }));
  const archive: Entry = {
    key: 'archive',
    word: t('settings.people_page.archive'),
    tone: 'bad',
    why,
    run: () => setArchiving(true),
  };
  return (
    <>
      <Dropdown
        className="icon-btn"
        label={t('settings.people_page.actions', { name: agent.name })}
        position="bottom-end"
        width={last ? 340 : 220}
        sections={[{ entries: others }, { entries: [archive] }]}
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
          send={() => body(api.DELETE('/api/v1/agents/{id}', { params: paramsOf(agent) }))}
          onDone={() => queries.invalidateQueries({ queryKey: keys.agents })}
        />
      )}
    </>
  );
}
