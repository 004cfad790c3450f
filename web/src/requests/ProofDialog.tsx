import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, onceOnly } from '../api/client';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { useFields, useFirstWrong } from '../parts/fields';
import { Say } from '../parts/Say';
import { StepButton } from '../parts/StepButton';
import { t } from '../words/words';
import { Methods, type AgentMethod } from './Methods';
import { useLookAgain, type Request } from './queries';
import { nameOf } from './Who';

export function ProofDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const lookAgain = useLookAgain();
  const { values, set, text } = useFields({ method: 'known_to_agent' as AgentMethod, reason: '' });
  const [once] = useState(onceOnly);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      body(
        api.POST('/api/v1/requests/{id}/verification', {
          params: { path: { id: request.id }, ...once },
          body: values,
        }),
      ),
    onSuccess: async () => {
      await lookAgain(request.id);
      onClose();
    },
  });
  useFirstWrong(error);
  return (
    <Dialog title={t('request.proof.dialog')} onClose={onClose} busy={isPending}>
      <p className="dlg-lead">
        <Say k="request.proof.lead" gaps={{ name: <b><bdi>{nameOf(request)}</bdi></b> }} />
      </p>
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
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
        <Bad error={error} shown={['/reason']} />
        <div className="dlg-acts">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <StepButton
            type="submit"
            variant="primary"
            busy={isPending}
            busyWord={t('request.proof.stating')}
          >
            {t('request.proof.submit')}
          </StepButton>
        </div>
      </form>
    </Dialog>
  );
}
