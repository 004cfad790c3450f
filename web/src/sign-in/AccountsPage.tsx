import { IconChevronRight } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { api, body } from '../api/client';
import { keys } from '../api/keys';
import { useSession } from '../api/session';
import { Avatar } from '../parts/Avatar';
import { Bad } from '../parts/Bad';
import { paths } from '../paths';
import { t } from '../words/words';
import { Gate } from './Gate';

/** For somebody who works in several accounts. */
export default function AccountsPage() {
  const { account, accounts } = useSession();
  const { to } = useSearch({ from: '/accounts' });
  const queries = useQueryClient();
  const router = useRouter();
  const go = (path: string) => router.history.replace(`/app${path}`);
  const { mutate, error, isPending, variables } = useMutation({
    mutationFn: (id: string) => body(api.PUT('/api/v1/session/account', { body: { account: id } })),
    onSuccess: (session) => {
      // Nothing of one account is ever shown in another.
      queries.clear();
      queries.setQueryData(keys.session, session);
      go(paths.home);
    },
  });
  return (
    <Gate title={t('gate.accounts.title')} lead={t('gate.accounts.lead')}>
      <Bad error={error} />
      <div className="accounts">
        {accounts.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            aria-busy={(isPending && variables === id) || undefined}
            onClick={() => (id === account.id ? go(to ?? paths.home) : mutate(id))}
          >
            <Avatar name={name} size={30} mute />
            <span>
              <bdi>{name}</bdi>
              {isPending && variables === id ? (
                <small>{t('gate.accounts.going')}</small>
              ) : (
                id === account.id && <small>{t('gate.accounts.last')}</small>
              )}
            </span>
            <IconChevronRight size={17} className="flip" aria-hidden />
          </button>
        ))}
      </div>
    </Gate>
  );
}
