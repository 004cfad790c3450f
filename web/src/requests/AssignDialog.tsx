import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { agentsQuery } from '../api/catalogue';
import { canWork } from '../api/session';
import { FormDialog } from '../parts/FormDialog';
import { t } from '../words/words';
import { useAssign } from './assign';
import type { Line } from './queries';

interface Props {
  request: Line;
  onClose: () => void;
}

export default function AssignDialog({ request, onClose }: Props) {
  const agents = (useQuery(agentsQuery).data ?? []).filter(({ role }) => canWork(role));
  const assign = useAssign();
  const [to, setTo] = useState(request.assignee?.id ?? '');
  const submit = () => {
    const agent = agents.find(({ id }) => id === to);
    assign(request, agent ? { id: agent.id, name: agent.name } : null);
    onClose();
  };
  return (
    <FormDialog
      title={t('list.assign_title', { reference: request.reference })}
      size={400}
      word={t('list.assign')}
      busy={false}
      error={null}
      onSubmit={submit}
      onClose={onClose}
    >
      <Select
        data-autofocus
        searchable
        label={t('list.assigned_to')}
        value={to}
        onChange={(value) => setTo(value ?? '')}
        data={[
          { value: '', label: t('assignee.nobody') },
          ...agents.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </FormDialog>
  );
}
