import { Checkbox, useMantineColorScheme } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { api, body } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { canSeeRequests, useSession } from '../api/session';
import { Bad, wordsFor } from '../parts/Bad';
import { useFields, useFirstWrong } from '../parts/fields';
import { Notice } from '../parts/Notice';
import { singleKeys, useSingleKeys } from '../parts/preferences';
import { Password } from '../parts/Password';
import { StepButton } from '../parts/StepButton';
import { useTitle } from '../parts/title';
import { say } from '../parts/toast';
import { NewPasswordField } from '../sign-in/NewPasswordField';
import { time } from '../words/format';
import { t } from '../words/words';
import { sessionsQuery } from './queries';

export default function MePage() {
  useTitle(t('settings.me'));
  const { account, agent } = useSession();
  return (
    <div className="sheet">
      <h2>{agent.name}</h2>
      <p className="lead">
        {t('settings.me_page.lead', {
          email: agent.email,
          role: t(`role.${agent.role}`),
          account: account.name,
        })}
      </p>
      {!canSeeRequests(agent.role) && (
        <Notice
          tone="ink"
          icon={<IconEyeOff size={17} aria-hidden />}
          title={t('settings.me_page.no_requests')}
        >
          {t('settings.me_page.no_requests_more')}
        </Notice>
      )}
      <PasswordForm />
      <Sessions />
      <Looks />
    </div>
  );
}

function PasswordForm() {
  const queries = useQueryClient();
  const { account, agent } = useSession();
  const { values, setValues, text } = useFields({ old: '', password: '' });
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      body(
        api.PUT('/api/v1/password', {
          body: { old_password: values.old, password: values.password },
        }),
      ),
    onSuccess: () => {
      setValues({ old: '', password: '' });
      say(t('settings.me_page.changed'));
      void queries.invalidateQueries({ queryKey: keys.sessions });
    },
  });
  useFirstWrong(error);
  const wrongOld = isProblem(error, 'wrong_password') ? error.detail : undefined;
  return (
    <section>
      <h3>{t('settings.me_page.password')}</h3>
      <p className="dim lead">{t('settings.me_page.password_lead')}</p>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <Password
          label={t('settings.me_page.old')}
          autoComplete="current-password"
          error={wrongOld}
          {...text('old')}
        />
        <NewPasswordField
          label={t('gate.new_password_label')}
          error={isProblem(error) ? error.at('/password') : undefined}
          own={[agent.name, agent.email, account.name]}
          field={text('password')}
        />
        {!wrongOld && <Bad error={error} shown={['/password']} />}
        <div className="form-acts">
          <StepButton
            type="submit"
            variant="primary"
            busy={isPending}
            busyWord={t('settings.me_page.changing')}
          >
            {t('settings.me_page.change')}
          </StepButton>
        </div>
      </form>
    </section>
  );
}

function Sessions() {
  const queries = useQueryClient();
  const { data, error } = useQuery(sessionsQuery);
  const after = {
    onError: (at: Error) => say(wordsFor(at)),
    onSuccess: () => say(t('settings.me_page.ended')),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.sessions }),
  };
  const one = useMutation({
    mutationFn: (id: string) =>
      body(api.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } })),
    ...after,
  });
  const others = useMutation({ mutationFn: () => body(api.DELETE('/api/v1/sessions')), ...after });
  return (
    <section className="block">
      <div className="block-head">
        <h3>{t('settings.me_page.sessions')}</h3>
        {data && data.length > 1 && (
          <StepButton
            className="end"
            size="xs"
            busy={others.isPending}
            onClick={() => others.mutate()}
          >
            {t('settings.me_page.end_others')}
          </StepButton>
        )}
      </div>
      <Bad error={error} title={t('problem.load_title')} />
      <ul className="kept-list">
        {data?.map((session) => (
          <li key={session.id}>
            <span>
              <b>{t(session.current ? 'settings.me_page.this' : 'settings.me_page.other')}</b>{' '}
              <bdi className="dim">{session.account.name}</bdi>
              <br />
              <small>
                {t('settings.me_page.seen', { time: time(session.seen_at) })} ·{' '}
                {t('settings.me_page.since', { time: time(session.created_at) })}
              </small>
            </span>
            {!session.current && (
              <StepButton
                className="end"
                size="xs"
                busy={one.isPending && one.variables === session.id}
                onClick={() => one.mutate(session.id)}
              >
                {t('settings.me_page.end')}
              </StepButton>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Looks() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const single = useSingleKeys();
  const id = useId();
  return (
    <section className="block">
      <h3>{t('settings.me_page.looks')}</h3>
      <p className="legend scheme" id={id}>
        {t('settings.me_page.scheme')}
      </p>
      <div className="seg" role="group" aria-labelledby={id}>
        {(['auto', 'light', 'dark'] as const).map((scheme) => (
          <button
            key={scheme}
            type="button"
            aria-pressed={scheme === colorScheme}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`nav.${scheme}`)}
          </button>
        ))}
      </div>
      <Checkbox
        className="single-keys"
        checked={single}
        onChange={({ currentTarget }) => singleKeys.set(currentTarget.checked)}
        label={t('settings.me_page.single_keys')}
        description={t('settings.me_page.single_keys_help')}
      />
    </section>
  );
}
