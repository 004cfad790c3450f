import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { Dialog } from '../parts/Dialog';
import { useFields } from '../parts/fields';
import { FormDialog } from '../parts/FormDialog';
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
    onError: (at) => setProving(isProblem(at, 'fresh_sign_in_needed')),
    gcTime: 0,
  });
  if (data) return <Shown apiKey={data.key} onClose={onClose} />;
  if (proving) {
    const proven = () => {
      setProving(false);
      mutate();
    };
    return <FreshDialog onClose={() => setProving(false)} onProven={proven} />;
  }
  const problem = isProblem(error, 'fresh_sign_in_needed') ? null : error;
  const wrong = (pointer: string) => (isProblem(problem) ? problem.at(pointer) : undefined);
  return (
    <FormDialog
      title={t('settings.keys_page.add')}
      word={t('settings.keys_page.dialog_go')}
      busyWord={t('settings.keys_page.dialog_going')}
      busy={isPending}
      error={problem}
      shown={['/name', '/scopes']}
      onSubmit={mutate}
      onClose={onClose}
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
      <Scopes chosen={values.scopes} set={(to) => set({ scopes: to })} wrong={wrong('/scopes')} />
    </FormDialog>
  );
}

interface ScopesProps {
  chosen: Scope[];
  set: (scopes: Scope[]) => void;
  wrong?: string;
}

function Scopes({ chosen, set, wrong }: ScopesProps) {
  const tick = (scope: Scope, on: boolean) =>
    set(on ? [...chosen, scope] : chosen.filter((at) => at !== scope));
  return (
    <fieldset className="checks">
      <legend>{t('settings.keys_page.scopes')}</legend>
      {scopes.map((scope) => (
        <Checkbox
          key={scope}
          label={t(`settings.keys_page.scope.${scope}`)}
          checked={chosen.includes(scope)}
          onChange={({ currentTarget }) => tick(scope, currentTarget.checked)}
        />
      ))}
      {wrong && <p className="bad">{wrong}</p>}
    </fieldset>
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
