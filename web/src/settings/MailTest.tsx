import { TextInput } from '@mantine/core';
import { IconAlertTriangleFilled, IconMailCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, type Schemas } from '../api/client';
import { isProblem } from '../api/problem';
import { useSession } from '../api/session';
import { Bad } from '../parts/Bad';
import { useFirstWrong } from '../parts/fields';
import { Notice } from '../parts/Notice';
import { StepButton } from '../parts/StepButton';
import { time } from '../words/format';
import { said } from '../words/said';
import { t } from '../words/words';

type Outcome = Schemas['MailTest'] & { to: string; at: number };

/** Sends a letter with the saved settings and says what the mail server said. */
export function MailTest({ configured }: { configured: boolean }) {
  const [to, setTo] = useState(useSession().agent.email);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async (): Promise<Outcome> => {
      const order = { to: to.trim() };
      const outcome = await body(api.POST('/api/v1/settings/mail/tests', { body: order }));
      return { ...outcome, ...order, at: Date.now() };
    },
  });
  useFirstWrong(error);
  return (
    <section className="block">
      <div className="block-head">
        <h3>{t('settings.mail_page.test')}</h3>
      </div>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <p className="dim">{t('settings.mail_page.test_lead')}</p>
        <div className="add-line">
          <TextInput
            type="email"
            label={t('settings.mail_page.test_to')}
            dir="ltr"
            autoComplete="off"
            value={to}
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
            error={isProblem(error) ? error.at('/to') : undefined}
          />
          <StepButton
            type="submit"
            off={!configured}
            busy={isPending}
            busyWord={t('settings.mail_page.testing')}
          >
            {t('settings.mail_page.test_go')}
          </StepButton>
        </div>
        {!configured && <p className="dim">{t('settings.mail_page.test_unsaved')}</p>}
        <Bad error={error} shown={['/to']} />
        <div role="status">
          {isPending && <p className="dim late">{t('settings.mail_page.test_waiting')}</p>}
          {data && !isPending && <Said {...data} />}
        </div>
      </form>
    </section>
  );
}

function Said({ sent, final, words, to, at }: Outcome) {
  const icon = { size: 17, 'aria-hidden': true } as const;
  return sent ? (
    <Notice
      tone="ok"
      icon={<IconMailCheck {...icon} />}
      title={t('settings.mail_page.test_sent', { time: time(at, true) })}
    >
      {t('settings.mail_page.test_sent_more', { address: to })}
    </Notice>
  ) : (
    <Notice
      tone="bad"
      icon={<IconAlertTriangleFilled {...icon} />}
      title={t('settings.mail_page.test_failed')}
    >
      <p>{said(words)}</p>
      <p>{t(final ? 'settings.mail_page.test_final' : 'settings.mail_page.test_later')}</p>
    </Notice>
  );
}
