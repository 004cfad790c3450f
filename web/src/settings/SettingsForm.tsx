import type { ReactNode } from 'react';
import { Bad } from '../parts/Bad';
import { useFirstWrong } from '../parts/fields';
import { StepButton } from '../parts/StepButton';
import { t } from '../words/words';

interface Props {
  owner: boolean;
  busy: boolean;
  error: unknown;
  shown: readonly string[];
  onSubmit: () => void;
  children: ReactNode;
}

/** Fields that an owner saves and the others read. */
export function SettingsForm({ owner, busy, error, shown, onSubmit, children }: Props) {
  useFirstWrong(error);
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (owner && !busy) onSubmit();
      }}
    >
      {children}
      <Bad error={error} shown={shown} />
      {owner ? (
        <div className="form-acts">
          <StepButton type="submit" variant="primary" busy={busy} busyWord={t('saving')}>
            {t('save')}
          </StepButton>
        </div>
      ) : (
        <p className="dim">{t('settings.read_only')}</p>
      )}
    </form>
  );
}
