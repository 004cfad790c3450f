import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { useFields, useFirstWrong } from '../parts/fields';
import { StepButton } from '../parts/StepButton';
import { say } from '../parts/toast';
import { t } from '../words/words';
import { FreshDialog } from './FreshDialog';

type Scope = Schemas['Scope'];
// Deletions by program come with the sources; until then nobody needs that scope.
const scopes: Scope[] = ['read', 'intake', 'write'];

/** Makes a key and shows it once. It is kept in this dialog only. */
export function ApiKeyDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const { values, set, text } = useFields({ name: '', scopes: ['intake'] as Scope[] });
  const [proving, setProving] = useState(false);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () =>
      body(api.POST('/api/v1/api-keys', { body: { ...values, name: values.name.trim() } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.apiKeys }),
    onError: (at) => {
      if (isProblem(at, 'fresh_sign_in_needed')) setProving(true);
    },
    gcTime: 0,
  });
  const problem = isProblem(error, 'fresh_sign_in_needed') ? null : error;
  useFirstWrong(problem);
  if (data) return <Shown apiKey={data.key} onClose={onClose} />;
  if (proving) {
    return (
      <FreshDialog
        onClose={() => setProving(false)}
        onProven={() => {
          setProving(false);
          mutate();
        }}
      />
    );
  }
  const wrong = (pointer: string) => (isProblem(problem) ? problem.at(pointer) : undefined);
  return (
    <Dialog title={t('settings.keys_page.add')} onClose={onClose} busy={isPending}>
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <TextInput
          data-autofocus
          label={t('settings.keys_page.name')}
          description={t('settings.keys_page.name_help')}
          dir="auto"
          autoComplete="off"
          error={wrong('/name')}
          {...text('name')}
        />
        <fieldset className="checks">
          <legend>{t('settings.keys_page.scopes')}</legend>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              label={t(`settings.keys_page.scope.${scope}`)}
              checked={values.scopes.includes(scope)}
              onChange={({ currentTarget: { checked } }) =>
                set({
                  scopes: checked
                    ? [...values.scopes, scope]
                    : values.scopes.filter((at) => at !== scope),
                })
              }
            />
          ))}
          {wrong('/scopes') && <p className="bad">{wrong('/scopes')}</p>}
        </fieldset>
        <Bad error={problem} shown={['/name', '/scopes']} />
        <div className="dlg-acts">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <StepButton
            type="submit"
            variant="primary"
            busy={isPending}
            busyWord={t('settings.keys_page.dialog_going')}
          >
            {t('settings.keys_page.dialog_go')}
          </StepButton>
        </div>
      </form>
    </Dialog>
  );
}

function Shown({ apiKey, onClose }: { apiKey: string; onClose: () => void }) {
  const copy = async () => {
    await navigator.clipboard.writeText(apiKey);
    say(t('request.menu.copied'));
  };
  return (
    <Dialog title={t('settings.keys_page.shown_title')} onClose={onClose} locked>
      <p className="dlg-lead">{t('settings.keys_page.shown')}</p>
      <div className="secret">
        <code data-testid="api-key">{apiKey}</code>
        <Button
          data-autofocus
          size="xs"
          leftSection={<IconCopy size={14} aria-hidden />}
          onClick={() => void copy()}
        >
          {t('copy')}
        </Button>
      </div>
      <div className="dlg-acts">
        <Button variant="primary" onClick={onClose}>
          {t('settings.keys_page.shown_go')}
        </Button>
      </div>
    </Dialog>
  );
}
