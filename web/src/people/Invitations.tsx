import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { Bad, wordsFor } from '../parts/Bad';
import { StepButton } from '../parts/StepButton';
import { say } from '../parts/toast';
import { time } from '../words/format';
import { t } from '../words/words';
import { invitationsQuery } from './queries';

type Invitation = Schemas['Invitation'];

function stateOf({ accepted_at, archived_at, expires_at }: Invitation) {
  if (accepted_at) return t('settings.people_page.accepted', { time: time(accepted_at) });
  if (archived_at) return t('settings.people_page.taken_back', { time: time(archived_at) });
  const over = Date.parse(expires_at) < Date.now();
  return t(over ? 'settings.people_page.expired' : 'settings.people_page.expires', {
    time: time(expires_at),
  });
}

const isOpen = ({ accepted_at, archived_at, expires_at }: Invitation) =>
  !accepted_at && !archived_at && Date.parse(expires_at) > Date.now();

export function Invitations({ owner }: { owner: boolean }) {
  const { data, error } = useQuery(invitationsQuery);
  return (
    <section className="block">
      <div className="block-head">
        <h3>{t('settings.people_page.invitations')}</h3>
      </div>
      <Bad error={error} title={t('problem.load_title')} />
      {data?.length === 0 && <p className="dim">{t('settings.people_page.invitations_none')}</p>}
      {data && data.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th>{t('settings.people_page.email')}</th>
              <th>{t('settings.people_page.role')}</th>
              <th>{t('settings.people_page.state')}</th>
              {owner && (
                <th>
                  <span className="vh">{t('more')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {data.map((invitation) => (
              <Row key={invitation.id} invitation={invitation} owner={owner} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ invitation, owner }: { invitation: Invitation; owner: boolean }) {
  const by = {
    name: invitation.invited_by?.name ?? t('somebody'),
    time: time(invitation.created_at),
  };
  return (
    <tr>
      <td>
        <bdi dir="ltr">{invitation.email}</bdi>
      </td>
      <td data-l={t('settings.people_page.role')}>{t(`role.${invitation.role}`)}</td>
      <td data-l={t('settings.people_page.state')}>
        <span>
          {stateOf(invitation)}
          <br />
          <small>{t('settings.people_page.invited_by', by)}</small>
        </span>
      </td>
      {owner && <td className="nowrap">{isOpen(invitation) && <TakeBack id={invitation.id} />}</td>}
    </tr>
  );
}

function TakeBack({ id }: { id: string }) {
  const queries = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => body(api.DELETE('/api/v1/invitations/{id}', { params: { path: { id } } })),
    onError: (at) => say(wordsFor(at)),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.invitations }),
  });
  return (
    <StepButton size="xs" busy={isPending} onClick={() => mutate()}>
      {t('settings.people_page.take_back')}
    </StepButton>
  );
}
