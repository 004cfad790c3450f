import { Textarea } from '@mantine/core';
import { api, body } from '../api/client';
import { isProblem } from '../api/problem';
import { useFields } from '../parts/fields';
import { FormDialog } from '../parts/FormDialog';
import { B, Say } from '../parts/Say';
import { t } from '../words/words';
import { Methods, type AgentMethod } from './Methods';
import type { Request } from './queries';
import { useChange } from './steps';
import { nameOf } from './Who';

/** An agent puts their name under it: this person is who they say they are. */
export function ProofDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const { values, set, text } = useFields({ method: 'known_to_agent' as AgentMethod, reason: '' });
  const { mutate, error, isPending } = useChange({
    request,
    send: (params) =>
      body(api.POST('/api/v1/requests/{id}/verification', { params, body: values })),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t('request.proof.dialog')}
      lead={<Say k="request.proof.lead" gaps={{ name: <B>{nameOf(request)}</B> }} />}
      word={t('request.proof.submit')}
      busyWord={t('request.proof.stating')}
      busy={isPending}
      error={error}
      shown={['/reason']}
      onSubmit={mutate}
      onClose={onClose}
    >
      <Methods
        label={t('request.proof.method')}
        value={values.method}
        set={(method) => set({ method })}
      />
      <Textarea
        data-autofocus
        label={t('request.proof.reason')}
        description={t('request.proof.reason_help')}
        dir="auto"
        rows={3}
        error={isProblem(error) ? error.at('/reason') : undefined}
        {...text('reason')}
      />
    </FormDialog>
  );
}
