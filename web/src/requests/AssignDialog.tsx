import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import '../styles/fields';
import { agentsQuery } from '../api/catalogue';
import { Dialog } from '../parts/Dialog';
import { t } from '../words/words';
import { useAssign } from './assign';
import type { Line } from './queries';

interface Props {
  request: Line;
  onClose: () => void;
}

export default function AssignDialog({ request, onClose }: Props) {
  const agents = (useQuery(agentsQuery).data ?? []).filter(({ role }) => role !== 'technician');
  const assign = useAssign();
  const [to, setTo] = useState(request.assignee?.id ?? '');
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const agent = agents.find(({ id }) => id === to);
    assign(request, agent ? { id: agent.id, name: agent.name } : null);
    onClose();
  };
  return (
    <Dialog title={t('list.assign_title', { reference: request.reference })} onClose={onClose} size={400}>
      <form onSubmit={submit}>
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
        <div className="dlg-acts">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="primary">
            {t('list.assign')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
