import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, onceOnly, type Schemas } from '../api/client';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { Chip } from '../parts/Chip';
import { Dialog } from '../parts/Dialog';
import { useFields, useFirstWrong } from '../parts/fields';
import { StepButton } from '../parts/StepButton';
import { t } from '../words/words';
import { Methods, type AgentMethod } from './Methods';
import { useLookAgain, type Request } from './queries';

type Kind = Schemas['IdentifierKind'];
const kinds: Kind[] = ['email', 'phone', 'customer_number', 'account_name', 'other'];

/** What else the requester is known by, each with who vouches for it. */
export function Identifiers({ request, works }: { request: Request; works: boolean }) {
  const [adding, setAdding] = useState(false);
  const open = request.stage !== 'closed';
  if (!open && request.identifiers.length === 0) return null;
  return (
    <section className="part">
      <div className="part-head">
        <h2>{t('request.identifiers.title')}</h2>
        {works && open && (
          <Button
            className="end"
            size="xs"
            variant="quiet"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('request.identifiers.add')}
          </Button>
        )}
      </div>
      {request.identifiers.length === 0 ? (
        <p className="dim measure">{t('request.identifiers.none')}</p>
      ) : (
        <dl className="facts">
          {request.identifiers.map((identifier) => (
            <Identifier key={identifier.id} of={identifier} />
          ))}
        </dl>
      )}
      {adding && <IdentifierDialog request={request} onClose={() => setAdding(false)} />}
    </section>
  );
}

function Identifier({ of }: { of: Schemas['Identifier'] }) {
  const word =
    of.proof === 'attested'
      ? t('request.identifiers.attested', { name: of.agent?.name ?? t('somebody') })
      : t(`request.identifiers.${of.proof}`);
  return (
    <>
      <dt>{t(`request.identifiers.kinds.${of.kind}`)}</dt>
      <dd>
        <bdi dir={of.kind === 'other' ? 'auto' : 'ltr'} className={of.kind === 'email' ? '' : 'mono'}>
          {of.value}
        </bdi>
        <Chip tone={of.proof === 'proven' ? 'ok' : 'plain'}>{word}</Chip>
        {of.reason && (
          <small dir="auto" className="pre">
            {of.reason}
          </small>
        )}
      </dd>
    </>
  );
}

const empty = {
  kind: 'customer_number' as Kind,
  value: '',
  method: 'known_to_agent' as AgentMethod,
  reason: '',
};

function IdentifierDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const lookAgain = useLookAgain();
  const { values, set, text } = useFields(empty);
  const [once] = useState(onceOnly);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      body(
        api.POST('/api/v1/requests/{id}/identifiers', {
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
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  return (
    <Dialog title={t('request.identifiers.dialog')} onClose={onClose} busy={isPending}>
      <p className="dlg-lead">{t('request.identifiers.lead')}</p>
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <div className="fields-2">
          <Select
            label={t('request.identifiers.kind')}
            value={values.kind}
            onChange={(kind) => kind && set({ kind: kind as Kind })}
            data={kinds.map((kind) => ({ value: kind, label: t(`request.identifiers.kinds.${kind}`) }))}
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
        <Bad error={error} shown={['/value', '/reason']} />
        <div className="dlg-acts">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <StepButton
            type="submit"
            variant="primary"
            busy={isPending}
            busyWord={t('request.identifiers.adding')}
          >
            {t('request.identifiers.submit')}
          </StepButton>
        </div>
      </form>
    </Dialog>
  );
}
