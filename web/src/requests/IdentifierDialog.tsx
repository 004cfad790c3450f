import { Select, Textarea, TextInput } from '@mantine/core';
import { api, body, type Schemas } from '../api/client';
import { isProblem } from '../api/problem';
import { useFields } from '../parts/fields';
import { FormDialog } from '../parts/FormDialog';
import { t } from '../words/words';
import { Methods, type AgentMethod } from './Methods';
import type { Request } from './queries';
import { useChange } from './steps';

type Kind = Schemas['IdentifierKind'];
const kinds: Kind[] = ['email', 'phone', 'customer_number', 'account_name', 'other'];

const empty = {
  kind: 'customer_number' as Kind,
  value: '',
  method: 'known_to_agent' as AgentMethod,
  reason: '',
};

export function IdentifierDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const { values, set, text } = useFields(empty);
  const { mutate, error, isPending } = useChange({
    request,
    send: (params) => body(api.POST('/api/v1/requests/{id}/identifiers', { params, body: values })),
    onDone: onClose,
  });
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  return (
    <FormDialog
      title={t('request.identifiers.dialog')}
      lead={t('request.identifiers.lead')}
      word={t('request.identifiers.submit')}
      busyWord={t('request.identifiers.adding')}
      busy={isPending}
      error={error}
      shown={['/value', '/reason']}
      onSubmit={mutate}
      onClose={onClose}
    >
      <div className="fields-2">
        <Select
          label={t('request.identifiers.kind')}
          value={values.kind}
          onChange={(kind) => kind && set({ kind: kind as Kind })}
          data={kinds.map((at) => ({ value: at, label: t(`request.identifiers.kinds.${at}`) }))}
        />
        <TextInput
          data-autofocus
          label={t('request.identifiers.value')}
          dir={values.kind === 'other' ? 'auto' : 'ltr'}
          autoComplete="off"
          error={wrong('/value')}
          {...text('value')}
        />
      </div>
      <Methods
        label={t('request.identifiers.method')}
        value={values.method}
        set={(method) => set({ method })}
      />
      <Textarea
        label={t('request.identifiers.reason')}
        dir="auto"
        rows={2}
        error={wrong('/reason')}
        {...text('reason')}
      />
    </FormDialog>
  );
}
